"""A profile: how the columns of one source become the fields of a ticket."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self

from analytics.errors import SupportAnalyticsError
from etl.importing.kinds.fields import FIELDS_OF
from etl.importing.transforms.ratings import DESK_SCALE, SCALES
from etl.importing.transforms.wall_time import DateOrder
from etl.importing.transforms.words import known_words
from etl.importing.vocabulary.spelling import word_key
from etl.importing.vocabulary.ticket_fields import ASK, CLOCK, UNITS, WORDS_OR_SECONDS, FieldKind, TicketField


class ProfileError(SupportAnalyticsError):
    """A profile cannot be used."""


@dataclass(frozen=True, slots=True)
class ImportProfile:
    """How the columns of one source become the fields of a ticket.

    Columns that no field takes are kept in the ticket's metadata.

    Attributes:
        name: Name of the profile.
        source: Name under which the records are kept; a key is unique within it.
        kind: What the rows are.
        description: One sentence for a person.
        external_id: Columns that make the record's key; empty when the file has none.
        columns: Field -> column.
        constants: Field -> value that every ticket gets.
        values: Field -> (value in the file -> value of the desk); "" is not known.
        times: Field with a date -> column with its time of day.
        units: Field with a duration -> what a bare number counts.
        separators: Field -> what stands between several values of a cell.
        rating_scale: Scale of the ratings.
        system: Name of the system whose export this is; "" means not known.
        blanks: Values that count as blank, besides an empty cell.
        time_zone: IANA zone of times without an offset; "" means ask for it.
        is_date_only: Whether the source has dates without times, however it writes them.
        date_order: What 03/04/2025 means; None means find out from the file.
        formats: `strptime` formats of dates, tried first; besides them "unix" and "unix_ms" (seconds and milliseconds
            since 1970) and "excel" (days, as workbooks count them).
        encoding: Text encoding; "" means detect it.
        delimiter: One character; "" means detect it.
        sheet: Sheet of a workbook; "" means the first.
        limits: Names and values of `ImportLimits` that differ from the defaults.
    """

    name: str
    source: str
    kind: str = "tickets"
    description: str = ""
    external_id: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    times: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    separators: Mapping[str, str] = field(default_factory=dict)
    rating_scale: str = DESK_SCALE
    system: str = ""
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
        """Refuse fields that the records do not have.

        Raises:
            ProfileError: If there are such fields, or no column holds what a record needs.
        """
        if self.kind not in FIELDS_OF:
            message = f"{self.kind!r} is no kind of record."
            raise ProfileError(message, f"Kinds are: {', '.join(FIELDS_OF)}.")
        named = {*self.columns, *self.constants, *self.values, *self.times, *self.units, *self.separators}
        known = [name for name in FIELDS_OF[self.kind].fields if name != "external_id"]
        if unknown := sorted(named.difference(known)):
            message = f"The profile {self.name!r} names fields that {self.kind} do not have: {', '.join(unknown)}."
            raise ProfileError(message, f"Fields are: {', '.join(known)}. The key is external_id, above the tables.")
        if both := sorted(self.columns.keys() & self.constants.keys()):
            message = f"The profile {self.name!r} gives both a column and a constant for: {', '.join(both)}."
            raise ProfileError(message, "Keep one of the two; a constant does not fill blanks.")
        values = [*self.constants.values(), *(value for each in self.values.values() for value in each.values())]
        self._refuse_values()
        if any(not value.isprintable() or "\\" in value for value in values):
            message = f"The profile {self.name!r} holds a value with a backslash or a control character."
            raise ProfileError(message, "Values in [constants] and [values] are plain words.")
        for needed in FIELDS_OF[self.kind].needed:
            if needed not in self.columns:
                message = f"The profile {self.name!r} does not say which column holds {needed} of {self.kind}."
                raise ProfileError(message, f'Add {needed} = "..." to [columns].')

    def _refuse_values(self) -> None:
        """Refuse values that their field does not have, and units and scales that nobody knows.

        Raises:
            ProfileError: If there are such values.
        """
        fields = FIELDS_OF[self.kind].fields
        for name, words in self.values.items():
            meant = {value for value in words.values() if value}
            if strange := sorted(value for value in meant if not _is_value(fields[name], value)):
                message = f"The profile {self.name!r} gives {name} values that it does not have: {', '.join(strange)}."
                raise ProfileError(message, f"Values are: {', '.join(fields[name].accepted) or 't, f'}.")
        known = {*UNITS, CLOCK, WORDS_OR_SECONDS, ASK}
        if strange := sorted(set(self.units.values()) - known):
            message = f"The profile {self.name!r} names units that are not known: {', '.join(strange)}."
            raise ProfileError(message, f"Units are: {', '.join(UNITS)}; clock and words_or_seconds besides.")
        if self.rating_scale not in SCALES:
            message = f"The profile {self.name!r} has the rating scale {self.rating_scale!r}."
            raise ProfileError(message, f"Scales are: {', '.join(SCALES)}.")

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


def _is_value(ticket_field: TicketField, value: str) -> bool:
    """Say whether a field has a value, or knows it as a word."""
    if ticket_field.kind in {FieldKind.FLAG, FieldKind.VERDICT}:
        return value in {"t", "f"} or word_key(value) in known_words(ticket_field)
    return not ticket_field.accepted or value in ticket_field.accepted or word_key(value) in known_words(ticket_field)
