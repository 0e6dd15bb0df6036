"""Sentences as vectors: texts of similar meaning lie close together. Needs the extra `encoder`."""

import os
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from classifier_service.errors import ArtefactRefusedError, EncoderMissingError
from classifier_service.models.encoder_files import INSTALL_HINT, content_hash, installed_encoder, kept_graph
from classifier_service.settings import cache_directory

MAX_TOKENS: Final = 128
"""Tokens of a text that are read, about 90 words; the rest is ignored."""
MAX_CHARACTERS: Final = 4_000
_BATCH: Final = 8


class Encoder(Protocol):
    """Turns texts into vectors. Safe to use from several threads; can be pickled."""

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return a row of length one for each text."""
        ...


class SentenceEncoder:
    """all-MiniLM-L6-v2 on onnxruntime: four times 384 numbers for a text; see `encoder_graph`."""

    width: Final = 4 * 384

    def __init__(self, graph: Path, tokenizer: Path, identity: str) -> None:
        """Load a graph and its tokenizer; use `shared_encoder` instead, which loads them once for each process.

        Args:
            graph: ONNX file made by `encoder_graph`.
            tokenizer: File in the format of the package tokenizers.
            identity: Content hash of the encoder's files.
        """
        # Both packages belong to the extra `encoder`, and only this class uses them.
        import onnxruntime  # noqa: PLC0415
        from tokenizers import Tokenizer  # noqa: PLC0415

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = _usable_processors()
        # Threads that spin while they wait would take CPU time from threads that serve.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.enable_cpu_mem_arena = False
        options.enable_mem_pattern = False
        self._session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.enable_padding()
        self.identity = identity

    def __reduce__(self) -> tuple[Callable[[str], "SentenceEncoder"], tuple[str]]:
        """Pickle only the encoder's identity: its weights are installed, not published with every model."""
        return shared_encoder, (self.identity,)

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return a row of length one for each text, from the text's first `MAX_TOKENS` tokens."""
        rows = np.empty((len(texts), self.width), np.float32)
        # Texts of similar length share a batch, because a batch is padded to its longest text.
        by_length = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        for start in range(0, len(texts), _BATCH):
            places = by_length[start : start + _BATCH]
            rows[places] = self._encode([texts[place][:MAX_CHARACTERS] for place in places])
        return rows

    def _encode(self, texts: list[str]) -> NDArray[np.float32]:
        encodings = self._tokenizer.encode_batch_fast(texts)
        inputs = {
            "ids": np.array([encoding.ids for encoding in encodings], np.int64),
            "mask": np.array([encoding.attention_mask for encoding in encodings], np.int64),
        }
        (embedding,) = self._session.run(["embedding"], inputs)
        rows: NDArray[np.float32] = embedding
        return rows


def shared_encoder(identity: str | None = None) -> SentenceEncoder:
    """Return this process's encoder; all models share it.

    Args:
        identity: Content hash of the encoder that a model was trained with; None takes the installed encoder.

    Raises:
        ArtefactRefusedError: If the installed encoder is not the one that the model was trained with.
        EncoderMissingError: If no encoder is installed.
    """
    encoder = _load(cache_directory())
    if identity not in {None, encoder.identity}:
        message = "The model was trained with another sentence encoder than the one that is installed."
        raise ArtefactRefusedError(message, "Train it again, or install the requirements that belong to it.")
    return encoder


@cache
def _load(directory: Path) -> SentenceEncoder:
    files = installed_encoder()
    try:
        return SentenceEncoder(kept_graph(files, directory), files.tokenizer, content_hash(files))
    except ImportError as error:
        message = "The sentence encoder needs packages that are not installed."
        raise EncoderMissingError(message, INSTALL_HINT) from error


def _usable_processors() -> int:
    """Return how many processors this process may use; where the system does not say, how many there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
