"""A roster as a file: who works from when to when. Every line is checked before anything is used.

Example:
    agent,date,start,end
    Lerato Molefe,2026-03-02,08:00,17:00
    Sipho Dube,2026-03-02,22:00,06:00

The second shift ends on the morning of 3 March. A file is taken whole or not at all.
"""

import csv
import io
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from analytics.errors import ErrorKind, SupportAnalyticsError

COLUMNS: Final = ("agent", "date", "start", "end")
MOST_LINES: Final = 20_000
MOST_BYTES: Final = 2_000_000
_LONGEST_NAME: Final = 100
_MOST_TOLD: Final = 5
_EARLIEST: Final = date(2000, 1, 1)
_LATEST: Final = date(2100, 1, 1)


class RosterFileError(SupportAnalyticsError):
    """A roster file that cannot be read; the message names the lines that are wrong."""

    kind = ErrorKind.INVALID


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """One person's shift.

    Attributes:
        agent_name: Name of the agent.
        starts_at: Start in UTC.
        ends_at: End in UTC; at most 24 hours after the start.
    """

    agent_name: str
    starts_at: datetime
    ends_at: datetime


def read_roster(content: bytes, time_zone: str) -> tuple[RosterEntry, ...]:
    """Return the shifts of a CSV file with the columns agent, date, start, end, in any order.

    Args:
        content: The file: UTF-8, with or without a byte order mark, comma or semicolon between cells.
        time_zone: IANA name of the time zone of the file's times.

    Raises:
        RosterFileError: If anything in the file is wrong; names the first lines that are wrong, and why.
    """
    rows = _rows(_text(content))
    found: dict[tuple[str, datetime], RosterEntry] = {}
    problems: list[str] = []
    for line, row in rows:
        problem = _line(row, ZoneInfo(time_zone), found)
        if problem:
            problems.append(f"Line {line}: {problem}")
    if problems:
        more = f" And {len(problems) - _MOST_TOLD} more." if len(problems) > _MOST_TOLD else ""
        raise RosterFileError(
            " ".join(problems[:_MOST_TOLD]) + more, "Nothing was taken in. Mend the file, send it again."
        )
    if not found:
        message = "The roster has no lines."
        raise RosterFileError(message, f"Below a heading with {', '.join(COLUMNS)} each line is one person's shift.")
    return tuple(found.values())


def _text(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        message = f"The roster is larger than {MOST_BYTES // 1_000_000} MB."
        raise RosterFileError(message, "Send fewer weeks at once.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        message = "The roster is no text in UTF-8."
        raise RosterFileError(message, "Save it as CSV UTF-8.") from None


def _rows(text: str) -> list[tuple[int, dict[str, str]]]:
    """Return the lines that are not empty, each with its line number, as heading -> cell."""
    heading = text.partition("\n")[0]
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=";" if heading.count(";") > heading.count(",") else ","
    )
    try:
        lines = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    except csv.Error:
        message = "The roster is no CSV file."
        raise RosterFileError(message, "Save it as CSV UTF-8.") from None
    filled = [(number, row) for number, row in lines if any(row)]
    names = [cell.lower() for cell in filled[0][1]] if filled else []
    if len(filled) - 1 > MOST_LINES:
        message = f"The roster has more than {MOST_LINES:,} lines."
        raise RosterFileError(message, "Send fewer weeks at once.")
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        message = f"The roster's heading has no {', '.join(missing)}."
        raise RosterFileError(message, f"It needs {', '.join(COLUMNS)}.")
    return [(number, dict(zip(names, row, strict=False))) for number, row in filled[1:]]


def _line(row: dict[str, str], zone: ZoneInfo, found: dict[tuple[str, datetime], RosterEntry]) -> str:
    """Add a line's shift to those found; return "", or what is wrong with the line."""
    name = row.get("agent", "")
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        return f"an agent's name of 1 to {_LONGEST_NAME} characters is needed."
    try:
        day = date.fromisoformat(row.get("date", ""))
        start, end = (time.fromisoformat(row.get(key, "")).replace(tzinfo=None) for key in ("start", "end"))
    except ValueError:
        return "a date like 2026-03-02 and times like 08:00 are needed."
    if not _EARLIEST <= day < _LATEST:
        return "the date is too far away."
    last = day if end > start else day + timedelta(days=1)
    begins, ends = (datetime.combine(each, at, zone).astimezone(UTC) for each, at in ((day, start), (last, end)))
    if not timedelta() < ends - begins <= timedelta(hours=24):
        return "a shift is longer than nothing and at most 24 hours."
    if (name, begins) in found:
        return "this shift stands in the file twice."
    found[name, begins] = RosterEntry(name, begins, ends)
    return ""
