"""A sentence encoder whose vectors are kept on disk, so that a benchmark encodes each text once, on its first run."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.bench_directory import bench_directory
from classifier_service.models.encoder import Encoder, shared_encoder

_CHUNK: Final = 500


class KeptVectors:
    """Gives an encoder's vectors, and keeps them by the texts' hashes in a file."""

    def __init__(self, encoder: Encoder, file: Path) -> None:
        """Open the vectors that are kept already.

        Args:
            encoder: Encodes the texts that are not kept yet.
            file: Where they are kept, as .npz; it need not exist. A file belongs to one encoder.
        """
        self._encoder, self._file = encoder, file
        self._known: dict[bytes, NDArray[np.float32]] = {}
        if file.exists():
            with np.load(file) as kept:
                self._known.update(zip(map(bytes, kept["hashes"]), kept["vectors"], strict=True))

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return a row of length one for each text; new ones are encoded and kept, some hundred at a time."""
        hashes = [hashlib.sha256(text.encode()).digest() for text in texts]
        new = list({key: text for key, text in zip(hashes, texts, strict=True) if key not in self._known}.items())
        for start in range(0, len(new), _CHUNK):
            keys, chunk = zip(*new[start : start + _CHUNK], strict=True)
            self._known.update(zip(keys, self._encoder(chunk), strict=True))
            self._keep()
        return np.array([self._known[key] for key in hashes], dtype=np.float32)

    def _keep(self) -> None:
        hashes = np.array([list(key) for key in self._known], dtype=np.uint8)
        unfinished = self._file.with_suffix(".unfinished.npz")
        np.savez(unfinished, hashes=hashes, vectors=np.array(list(self._known.values())))
        unfinished.replace(self._file)


def kept_encoder(data: str) -> KeptVectors:
    """Return the installed encoder with the vectors that are kept of some data, in the benchmarks' directory."""
    encoder = shared_encoder()
    return KeptVectors(encoder, bench_directory("vectors") / f"{data}-{encoder.identity[:16]}-{encoder.width}.npz")
