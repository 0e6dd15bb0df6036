"""A file seen as a table: the names of its columns and a stream of rows."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count

from analytics.notices import Notice
from etl.importing.source_row import SourceRow
from etl.importing.sources.errors import HeaderError
from etl.importing.sources.file_bytes import FileBytes
from etl.importing.sources.limits import ImportLimits

Judge = Callable[[tuple[str, ...], Sequence[Sequence[str]]], int]
"""Says from the names of the columns and a sample of rows how much a table looks like tickets; 0 is not at all."""


def by_size(names: tuple[str, ...], sample: Sequence[Sequence[str]]) -> int:
    """Judge a table by whether it has rows and how many columns: for readers who know nothing about tickets."""
    return len(names) if sample else 0


@dataclass(frozen=True, slots=True)
class Header:
    """The names of the columns.

    Attributes:
        names: Unique and not blank.
        repeated: Names that several columns of the file have; the first of the columns keeps the name.
        notices: Which columns were given a name here.
        lists: Columns whose cells are lists, with `LIST_SEPARATOR` between the items or as JSON.
    """

    names: tuple[str, ...]
    repeated: frozenset[str]
    notices: tuple[Notice, ...]
    lists: frozenset[str] = frozenset()

    def saying(self, notices: tuple[Notice, ...]) -> "Header":
        """Return the header with more notices before its own."""
        return replace(self, notices=(*notices, *self.notices))


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A table that can be read once.

    Attributes:
        header: Names of the columns.
        rows: The rows below the header; blank ones are left out.
        layout: How the file was read, for a person, such as "CSV, comma, utf-8".
        file: The file that is read, for progress and hash.
        late_notices: Returns what was odd about the rows that were read so far.
    """

    header: Header
    rows: Iterator[SourceRow]
    layout: str
    file: FileBytes
    late_notices: Callable[[], tuple[Notice, ...]] = tuple


def header_of(cells: Sequence[str], limits: ImportLimits) -> Header:
    """Return names for the columns.

    A repeated name gets a number, and a blank name the column's position, so that no cell is lost.

    Raises:
        HeaderError: If there are no names, or too many columns.
    """
    names = [cell.replace("\0", "").strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    if not names:
        message = "The file is empty: it has no row with column names."
        raise HeaderError(message, "Export it again with the names of the columns in the first row.")
    if len(names) > limits.columns:
        message = f"The file has {len(names)} columns, more than the {limits.columns} that are allowed."
        raise HeaderError(message, "Check the delimiter, or raise columns in the profile's [limits].")
    return _numbered(names)


def _numbered(names: list[str]) -> Header:
    taken = set(names)
    seen: set[str] = set()
    unique, notices, repeated = [], [], set()
    for position, name in enumerate(names, start=1):
        given = name
        if not name:
            given = _free(f"column {position}", taken)
            notices.append(Notice("column_without_name", {"position": position, "given": given}))
        elif name in seen:
            given = _free(name, taken)
            repeated.add(name)
            notices.append(Notice("column_repeated", {"position": position, "name": name, "given": given}))
        seen.add(name)
        taken.add(given)
        unique.append(given)
    return Header(tuple(unique), frozenset(repeated), tuple(notices))


def _free(wanted: str, taken: set[str]) -> str:
    """Return a name that is not taken: the wanted name, with a number if need be."""
    numbered = (f"{wanted} ({number})" for number in count(2))
    return next(name for name in chain([wanted], numbered) if name not in taken)
