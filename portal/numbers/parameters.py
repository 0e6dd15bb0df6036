"""The parameters of an address: what stands after its "?"."""

from typing import Final
from urllib.parse import parse_qsl

LONGEST: Final = 8_000
"""Anybody may type an address, so no more than this of it is read."""


def parameter_pairs(search: str) -> list[tuple[str, str]]:
    """Return the parameters in their order, those without a value left out.

    Args:
        search: The address after its path, with or without "?".
    """
    return parse_qsl(search.lstrip("?")[:LONGEST])


def parameters(search: str) -> dict[str, str]:
    """Return the parameters by name; of one that is there twice, the last."""
    return dict(parameter_pairs(search))
