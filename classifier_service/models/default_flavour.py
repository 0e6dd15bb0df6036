"""The kind of model that is trained where nobody chose one."""

from importlib.util import find_spec
from typing import Final

from classifier_service.errors import EncoderMissingError
from classifier_service.models.bundle import Flavour
from classifier_service.models.encoder_files import installed_encoder

MOST_TICKETS: Final = 200_000
"""Most tickets of a desk that gets an `accurate` model unasked.

A ticket takes 10 to 40 ms of one core: to classify so many anew takes one core up to two hours.
"""
_PACKAGES: Final = ("onnx", "onnxruntime", "safetensors", "tokenizers")


def default_flavour(tickets: int) -> Flavour:
    """Return `accurate` where its packages are installed and the desk has at most `MOST_TICKETS` tickets, else `fast`.

    Args:
        tickets: Number of tickets that the desk has, or, for a file, that it holds.
    """
    return Flavour.ACCURATE if tickets <= MOST_TICKETS and _is_installed() else Flavour.FAST


def _is_installed() -> bool:
    try:
        installed_encoder()
    except EncoderMissingError:
        return False
    return all(find_spec(name) for name in _PACKAGES)
