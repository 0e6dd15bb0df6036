"""Tickets as a file that is written in the background: the same list, the same order, the same table."""

from collections.abc import Iterator
from datetime import datetime
from typing import IO, Final
from zoneinfo import ZoneInfo

from analytics.errors import ErrorKind, SupportAnalyticsError
from portal.frame.services import PortalServices
from portal.topics.tickets import query as tickets
from portal.topics.tickets.address import XLSX_ROWS
from portal.topics.tickets.dataset import TicketRow
from portal.topics.tickets.files import tickets_table
from portal.topics.tickets.routes import exact_list
from table_files.forms import FORMS
from warehouse.work_queue.worker import HeldWork, Outcome

_ROWS_A_WORD: Final = 500


class TooManyRowsError(SupportAnalyticsError):
    """A workbook cannot hold so many rows."""

    kind = ErrorKind.INVALID


def write_export(services: PortalServices, held: HeldWork) -> Outcome:
    """Write the file of a list of tickets, and say how far it is."""
    kind = str(held.work.parameters["form"])
    listed = exact_list(services, str(held.work.parameters["search"]))
    total = services.ask(tickets.listed_tickets, listed).total
    if kind == "xlsx" and total > XLSX_ROWS:
        message = f"Excel takes {XLSX_ROWS:,} tickets at most."
        raise TooManyRowsError(message, "Export CSV, or choose fewer days.")
    held.say(step="writing", done=0, total=total)
    zone = services.data_version().time_zone
    with services.reader.connect() as connection:
        rows = _counted(held, tickets.all_rows(connection, listed))
        table = tickets_table(rows, zone, services.ask(tickets.custom_fields))
        with held.artefacts.writing(held.work.id) as file:
            size = _written(file, held, FORMS[kind].chunks(table))
    today = datetime.now(ZoneInfo(zone)).date()
    return Outcome({"rows": total}, {}, f"tickets_{today}.{kind}", size)


def _counted(held: HeldWork, rows: Iterator[TicketRow]) -> Iterator[TicketRow]:
    for place, row in enumerate(rows):
        if place % _ROWS_A_WORD == 0:
            held.say(done=place)
        yield row


def _written(file: IO[bytes], held: HeldWork, chunks: Iterator[bytes]) -> int:
    size = 0
    for chunk in chunks:
        held.check()
        size += file.write(chunk)
    return size
