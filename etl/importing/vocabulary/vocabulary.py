"""One system's names for columns and values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from etl.importing.vocabulary.spelling import column_key

CUSTOMER = "customer"
"""Columns that hold a name or an address, as their cells show."""
CUSTOMER_ID = "customer_id"
"""Columns that hold a number for each customer."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """One system's names for columns and values. Names of columns and words are spelt as `column_key`, `word_key` do.

    Attributes:
        name: Name of the system.
        signatures: Groups of columns; a header with all of one group is this system's.
        columns: Field -> columns, the best first; besides fields, `customer` and `customer_id`.
        times: Field -> columns with the time of day of that field's date.
        units: Column of a duration -> unit.
        kept: Columns that are no field although they look so.
        first_close: Columns with the first close of a ticket, not the last.
        values: Field -> (word -> value); the value "" is "not known".
        separators: Field -> what stands between several values of a cell.
        blanks: Cells that hold nothing.
        nobody: Cells that name nobody.
        blank_dates: Dates that mean "no date".
        either_wait: Words of pending that are on hold in some systems.
        time_zone: Zone of times without an offset, where the system fixes it.
        months: Name of a month -> its number.
        durations: Word of a duration -> seconds.
        zones: Abbreviation of a time zone -> hours before Greenwich.
        unit_endings: Ending of a column's name -> unit.
    """

    name: str
    signatures: tuple[frozenset[str], ...] = ()
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    times: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()
    first_close: frozenset[str] = frozenset()
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    separators: Mapping[str, str] = field(default_factory=dict)
    blanks: frozenset[str] = frozenset()
    nobody: frozenset[str] = frozenset()
    blank_dates: frozenset[str] = frozenset()
    either_wait: frozenset[str] = frozenset()
    time_zone: str = ""
    months: Mapping[str, int] = field(default_factory=dict)
    durations: Mapping[str, int] = field(default_factory=dict)
    zones: Mapping[str, int] = field(default_factory=dict)
    unit_endings: Mapping[str, str] = field(default_factory=dict)

    def fit(self, header: Iterable[str]) -> int:
        """Return how many columns of a header are this system's; 0 when the header is not its own."""
        keys = {column_key(name) for name in header}
        if not any(signature <= keys for signature in self.signatures):
            return 0
        known = {column for columns in self.columns.values() for column in columns} | self.kept
        return len(keys & known) + max(len(signature) for signature in self.signatures if signature <= keys)

    def fields_of(self, key: str) -> list[str]:
        """Return the fields that a column may fill."""
        return [name for name, columns in self.columns.items() if key in columns]
