"""Joins the columns of one name that hold the values of one list, as Jira writes its labels."""

from collections.abc import Mapping, Sequence
from typing import Final

from etl.importing.transforms.column_places import shared_name

_SEPARATOR: Final = "\n"


class JoinedLists:
    """Which columns are one list.

    Attributes:
        places: Places of the columns that are joined to the first of their name.
        joined_places: Field -> places of the columns that are joined to its first.
    """

    def __init__(self, lists: Mapping[str, int], header: Sequence[str], separators: Mapping[str, str]) -> None:
        """Find the columns.

        Args:
            lists: Field with several values -> place of its first column.
            header: Names of the columns; of several with one name all but the first have a number behind it.
            separators: Field -> what stands between several values of a cell.
        """
        names = [shared_name(name) for name in header]
        self.joined_places: Mapping[str, Sequence[int]] = {
            field: more
            for field, place in lists.items()
            if (more := [at for at, name in enumerate(names) if name == header[place] and at != place])
        }
        self._lists = [
            (lists[field], more, separators.get(field, "") or _SEPARATOR) for field, more in self.joined_places.items()
        ]
        self.places = frozenset(at for more in self.joined_places.values() for at in more)

    def __bool__(self) -> bool:
        """Say whether any columns are joined."""
        return bool(self._lists)

    def joined(self, cells: Sequence[str]) -> list[str]:
        """Return the cells with each list whole in its first column."""
        read = list(cells)
        for place, more, separator in self._lists:
            read[place] = separator.join(text for at in (place, *more) if (text := cells[at].strip()))
        return read
