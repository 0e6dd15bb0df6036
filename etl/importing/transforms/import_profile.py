"""A profile: how the columns of one source become the fields of a ticket."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self

from analytics.errors import SupportAnalyticsError
from etl.importing.transforms.instants import DateOrder
from etl.importing.transforms.ticket_fields import TICKET_FIELDS


class ProfileError(SupportAnalyticsError):
    """A profile cannot be used."""


@dataclass(frozen=True, slots=True)
class ImportProfile:
    """How the columns of one source become the fields of a ticket.

    Columns that no field takes are kept in the ticket's metadata.

    Attributes:
        name: Name of the profile.
        source: Name under which the records are kept; a key is unique within it.
        description: One sentence for a person.
        external_id: Columns that make the record's key; empty when the file has none.
        columns: Field -> column.
        constants: Field -> value that every ticket gets.
        values: Field -> (value in the file -> value of the desk).
        blanks: Values that count as blank, besides an empty cell.
        time_zone: IANA zone of times without an offset; "" means ask for it.
        is_date_only: Whether the source has dates without times, however it writes them.
        date_order: What 03/04/2025 means; None means find out from the file.
        formats: `strptime` formats of dates, tried first; "unix" is seconds since 1970.
        encoding: Text encoding; "" means detect it.
        delimiter: One character; "" means detect it.
        sheet: Sheet of a workbook; "" means the first.
        limits: Names and values of `ImportLimits` that differ from the defaults.
    """

    name: str
    source: str
    description: str = ""
    external_id: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    blanks: tuple[str, ...] = ("NULL", "\\N")
    time_zone: str = ""
    is_date_only: bool = False
    date_order: DateOrder | None = None
    formats: tuple[str, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    limits: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse fields that a ticket does not have.

        Raises:
            ProfileError: If there are such fields, or no column holds the creation of a ticket.
        """
        named = {*self.columns, *self.constants, *self.values}
        if unknown := sorted(named - (TICKET_FIELDS.keys() - {"external_id"})):
            message = f"The profile {self.name!r} names fields that a ticket does not have: {', '.join(unknown)}."
            known = ", ".join(name for name in TICKET_FIELDS if name != "external_id")
            raise ProfileError(message, f"Fields are: {known}. The key is external_id, above the tables.")
        if both := sorted(self.columns.keys() & self.constants.keys()):
            message = f"The profile {self.name!r} gives both a column and a constant for: {', '.join(both)}."
            raise ProfileError(message, "Keep one of the two; a constant does not fill blanks.")
        values = [*self.constants.values(), *(value for each in self.values.values() for value in each.values())]
        if any(not value.isprintable() or "\\" in value for value in values):
            message = f"The profile {self.name!r} holds a value with a backslash or a control character."
            raise ProfileError(message, "Values in [constants] and [values] are plain words.")
        if "created_at" not in self.columns:
            message = f"The profile {self.name!r} does not say which column holds the creation of a ticket."
            raise ProfileError(message, 'Add created_at = "..." to [columns].')

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Return a profile from the form in which an import keeps it."""
        lists = {name: tuple(stored.get(name, ())) for name in ("external_id", "blanks", "formats")}
        return cls(**{**stored, **lists})

    def as_json(self) -> dict[str, Any]:
        """Return the form in which an import keeps it."""
        return asdict(self)

    def with_answers(self, *, source: str = "", time_zone: str = "", date_order: DateOrder | None = None) -> Self:
        """Return the profile with what a person added; what is not given stays."""
        return replace(
            self,
            source=source or self.source,
            time_zone=time_zone or self.time_zone,
            date_order=date_order or self.date_order,
        )
