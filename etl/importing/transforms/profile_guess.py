"""Guesses a profile from the names of the columns and a sample of their cells."""

from collections.abc import Sequence
from typing import Final

from etl.importing.transforms.cell_parsers import cell_parser
from etl.importing.transforms.import_profile import ImportProfile, ProfileError
from etl.importing.transforms.instants import DateOrder, parse_wall_time
from etl.importing.transforms.reasons import FieldError
from etl.importing.transforms.ticket_fields import TICKET_FIELDS, FieldKind, TicketField, normalized

_BLANKS: Final = frozenset({"", "NULL", "\\N"})


def guess_profile(header: Sequence[str], sample: Sequence[Sequence[str]], source: str) -> ImportProfile:
    """Return a profile for a file that nobody has described.

    A column is taken for a field if its name is usual for the field and at least half of its cells can be read as the
    field. Other columns go to the metadata.

    Args:
        header: Names of the columns.
        sample: Cells of some rows.
        source: Name under which the records will be kept.

    Raises:
        ProfileError: If no column looks like the creation of a ticket.
    """
    free = {normalized(name): name for name in reversed(header)}
    columns: dict[str, str] = {}
    for ticket_field in TICKET_FIELDS.values():
        chosen = _choose(ticket_field, free, header, sample)
        if chosen is not None:
            columns[ticket_field.name] = chosen
            del free[normalized(chosen)]
    key = columns.pop("external_id", None)
    if "created_at" not in columns:
        message = f"None of the columns looks like the creation of a ticket: {', '.join(header)}."
        raise ProfileError(message, "Say which one it is in a profile and pass it with --profile; see docs/import.md.")
    return ImportProfile("guessed", source, external_id=(key,) if key else (), columns=columns)


def _choose(
    ticket_field: TicketField, free: dict[str, str], header: Sequence[str], sample: Sequence[Sequence[str]]
) -> str | None:
    for alias in (normalized(ticket_field.name), *ticket_field.aliases):
        name = free.get(alias)
        if name is not None and _fits(ticket_field, _cells(header.index(name), sample)):
            return name
    return None


def _cells(place: int, sample: Sequence[Sequence[str]]) -> list[str]:
    cells = (row[place].strip() for row in sample if place < len(row))
    return [cell for cell in cells if cell not in _BLANKS]


def _fits(ticket_field: TicketField, cells: Sequence[str]) -> bool:
    readable = sum(_is_readable(ticket_field, cell) for cell in cells)
    is_needed = ticket_field.name == "created_at"
    return readable * 2 >= len(cells) and (readable > 0 or not is_needed)


def _is_readable(ticket_field: TicketField, cell: str) -> bool:
    if ticket_field.kind is FieldKind.INSTANT:
        # The order of day and month is settled later, so either order counts here.
        return _is_date(cell, "dmy") or _is_date(cell, "mdy")
    try:
        cell_parser(ticket_field, {}, _BLANKS, None)(cell)
    except FieldError:
        return False
    return True


def _is_date(cell: str, order: DateOrder) -> bool:
    try:
        parse_wall_time(cell, (), order)
    except FieldError:
        return False
    return True
