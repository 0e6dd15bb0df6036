"""The customers whom nobody answered, as a file."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from portal.numbers import phrasing
from portal.topics.backlog.conclusion import done
from portal.topics.backlog.dataset import FollowUp, Forgotten
from table_files.table import Column, Kind, Table, Value

_SAID: Final = "Last said"
_COLUMNS: Final = (("Ticket", 20), ("Status", 20), (_SAID, 24), ("What was said", 80), ("Done", 40))
Marks = Mapping[tuple[int, datetime], FollowUp]


def forgotten_table(found: Forgotten, marks: Marks) -> Table:
    """Return all of them, in the page's order, with what was done."""
    columns = [Column(heading, Kind.INSTANT if heading == _SAID else Kind.PLAIN, width) for heading, width in _COLUMNS]
    return Table("Whom nobody answered", columns, _lines(found, marks), found.zone)


def _lines(found: Forgotten, marks: Marks) -> Iterator[tuple[Value, ...]]:
    for each in found.waiting:
        mark = marks.get((each.ticket_id, each.said_at))
        status, what = phrasing.prettified(each.status), done(mark, found.zone) if mark else ""
        yield each.ticket_id, status, each.said_at, each.text, what
