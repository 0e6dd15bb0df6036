"""Finds columns by their names, whatever the case, and also those that share a name."""

import re
from collections.abc import Sequence
from typing import Final

_NUMBER: Final = re.compile(r" \(\d+\)$")


def folded(name: str) -> str:
    """Return a column's name so that its cases compare."""
    return name.strip().casefold()


def shared_name(name: str) -> str:
    """Return the name that a column has in its file: of several with one name, all but the first have a number."""
    return _NUMBER.sub("", name)


def column_places(header: Sequence[str]) -> dict[str, int]:
    """Return the folded name of each column, and its place.

    Of several columns with one name the second is called "Name (2)", as the header says; the first is also "Name (1)",
    so that a profile can name it without doubt.
    """
    places = {folded(name): place for place, name in reversed(list(enumerate(header)))}
    first = {f"{name} (1)": place for name, place in places.items() if f"{name} (2)" in places}
    return first | places
