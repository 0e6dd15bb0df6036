"""The listed tickets as a file: the same tickets in the same order, written while they are read."""

import csv
import io
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Final

import xlsxwriter

from portal.files.csv_file import BYTE_ORDER_MARK, LINE_END, MEDIA_TYPE, Value, csv_cell
from portal.numbers import phrasing
from portal.topics.tickets.dataset import Elapsed, TicketRow

HEADINGS: Final = (
    "Number",
    "Created ({zone})",
    "Subject",
    "Category",
    "Priority",
    "Status",
    "Channel",
    "Customer type",
    "Agent",
    "Team",
    "First reply (minutes)",
    "First reply (days)",
    "Resolution (minutes)",
    "Resolution (days)",
    "Resolved ({zone})",
    "SLA targets met",
    "SLA targets missed",
    "Next SLA target due ({zone})",
    "Rating (1 to 5)",
    "Number in source",
    "Source",
    "Organisation",
    "Brand",
    "Tags",
)
_LONGEST_CELL: Final = 32_767
"""Characters that a cell of Excel holds."""
_ROWS_A_CHUNK: Final = 500
_BYTES_A_CHUNK: Final = 64 * 1024


def headings(zone: str, fields: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the headings of a file whose times are in a zone; the fields that the desk has declared come last."""
    return (*(heading.format(zone=zone) for heading in HEADINGS), *fields)


def values_of(row: TicketRow) -> tuple[Value, ...]:
    """Return one ticket as the cells of a file, in the order of the headings."""
    return (
        row.ticket_id,
        _local(row.created),
        row.subject,
        row.category,
        row.priority and phrasing.prettified(row.priority),
        row.status and phrasing.prettified(row.status),
        row.channel and phrasing.prettified(row.channel),
        row.customer_type and phrasing.prettified(row.customer_type),
        row.agent,
        row.team,
        _in_unit(row.first_reply, "minutes"),
        _in_unit(row.first_reply, "days"),
        _in_unit(row.resolution, "minutes"),
        _in_unit(row.resolution, "days"),
        _local(row.resolved),
        row.sla.met,
        row.sla.missed,
        _local(row.sla.due_at),
        row.rating,
        None if row.number is None else row.number.number,
        None if row.number is None else row.number.source,
        row.organisation,
        row.brand,
        ", ".join(row.tags) or None,
        *row.customs,
    )


def _local(at: datetime | date | None) -> datetime | date | None:
    return at.replace(tzinfo=None, microsecond=0) if isinstance(at, datetime) else at


def _in_unit(elapsed: Elapsed | None, unit: str) -> float | None:
    if elapsed is None or elapsed.unit != unit:
        return None
    return round(elapsed.value, 2) if unit == "minutes" else int(elapsed.value)


def csv_chunks(zone: str, rows: Iterator[TicketRow], fields: Sequence[str] = ()) -> Iterator[bytes]:
    """Yield a CSV file in UTF-8 with a byte order mark, by which Excel knows the encoding."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator=LINE_END)
    text.write(BYTE_ORDER_MARK)
    writer.writerow([csv_cell(heading) for heading in headings(zone, fields)])
    for place, row in enumerate(rows, start=1):
        writer.writerow([csv_cell(value) for value in values_of(row)])
        if place % _ROWS_A_CHUNK == 0:
            yield _taken(text)
    yield _taken(text)


def _taken(text: io.StringIO) -> bytes:
    chunk = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return chunk


def xlsx_chunks(zone: str, rows: Iterator[TicketRow], fields: Sequence[str] = ()) -> Iterator[bytes]:
    """Yield an XLSX file. It is written to disk row by row first, as its index stands at its end."""
    with tempfile.TemporaryDirectory(prefix="support-export-") as folder:
        path = Path(folder) / "tickets.xlsx"
        _write_workbook(path, folder, headings(zone, fields), rows)
        with path.open("rb") as file:
            while chunk := file.read(_BYTES_A_CHUNK):
                yield chunk


def _write_workbook(path: Path, folder: str, heads: Sequence[str], rows: Iterator[TicketRow]) -> None:
    options = {"constant_memory": True, "tmpdir": folder, "default_date_format": "yyyy-mm-dd"}
    with xlsxwriter.Workbook(path, options) as workbook:
        sheet = workbook.add_worksheet("Tickets")
        bold, instant, day = (
            workbook.add_format(each)
            for each in ({"bold": True}, {"num_format": "yyyy-mm-dd hh:mm:ss"}, {"num_format": "yyyy-mm-dd"})
        )
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(heads) - 1, 18)
        sheet.set_column(2, 2, 48)
        for place, heading in enumerate(heads):
            sheet.write_string(0, place, heading, bold)

        def write(line: int, place: int, value: Value) -> None:
            if isinstance(value, str):
                # As a string a cell never runs, whatever it begins with.
                sheet.write_string(line, place, value[:_LONGEST_CELL])
            elif isinstance(value, datetime):
                sheet.write_datetime(line, place, value, instant)
            elif isinstance(value, date):
                sheet.write_datetime(line, place, value, day)
            elif value is not None:
                sheet.write_number(line, place, value)

        for line, row in enumerate(rows, start=1):
            for place, value in enumerate(values_of(row)):
                write(line, place, value)


Writer = Callable[[str, Iterator[TicketRow], Sequence[str]], Iterator[bytes]]
WRITERS: Final[dict[str, tuple[str, Writer]]] = {
    "csv": (MEDIA_TYPE, csv_chunks),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx_chunks),
}
"""Kind of file -> its media type and what writes it."""
