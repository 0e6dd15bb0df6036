"""The places of a ticket's fields while its row is converted: first those that are sent to PostgreSQL."""

from collections.abc import Iterable, Mapping
from typing import Final

from etl.importing.transforms.cell_rules import NULL
from etl.importing.transforms.staged_columns import ALWAYS_SENT, OPTIONAL, RECORD_COLUMNS
from etl.importing.vocabulary.ticket_fields import TICKET_FIELDS

_FOLLOWS: Final[Mapping[str, tuple[str, ...]]] = {
    "status": ("exclusion",),
    "merged_into": ("exclusion",),
    "tags": ("exclusion",),
    "customer_satisfaction_score": ("survey_offered_at",),
    "first_reply_time": ("first_replied_at",),
}
"""Field -> columns that follow from it."""


class TicketSlots:
    """Where each field of a ticket stands.

    Attributes:
        places: Field or column -> its place.
        columns: Columns of the staging table that are sent, those of the record first.
        sent: How many of a ticket's fields are sent.
        metadata: Place of the metadata.
    """

    def __init__(self, filled: Iterable[str]) -> None:
        """Give each field that a file fills its place."""
        fields = set(filled)
        wanted = {TICKET_FIELDS[name].staged_as for name in fields}
        wanted |= {column for name in fields for column in _FOLLOWS.get(name, ())}
        sent = [name for name, _ in ALWAYS_SENT] + [name for name, _ in OPTIONAL if name in wanted]
        unsent = sorted(name for name in fields if not TICKET_FIELDS[name].staged_as)
        self.places: Mapping[str, int] = {name: place for place, name in enumerate([*sent, *unsent])}
        self.columns = (*(name for name, _ in RECORD_COLUMNS), *sent)
        self.sent = len(sent)
        self.metadata = self.places["metadata"]

    def place(self, field_name: str) -> int:
        """Return the place of a field."""
        return self.places[TICKET_FIELDS[field_name].staged_as or field_name]

    def blank(self) -> list[str]:
        """Return the fields of a ticket of which nothing is known."""
        fields = [NULL] * len(self.places)
        for name, place in self.places.items():
            default = TICKET_FIELDS[name].default if name in TICKET_FIELDS else None
            if default is not None:
                fields[place] = default
        fields[self.places["is_date_only"]] = "f"
        return fields
