"""The card of the customers whom nobody answered."""

from dataclasses import replace
from typing import Final

from analytics import pages
from portal.numbers import phrasing
from portal.topics.backlog import conclusion as says
from portal.topics.backlog.dataset import Forgotten, Unanswered
from portal.topics.backlog.files import Marks
from portal.topics.backlog.forms import mark_form
from portal.widgets.chart_card import block_body, empty_body
from portal.widgets.data_twin import TwinRow, data_twin
from portal.widgets.export_links import export_bar, export_links
from portal.widgets.markup import Element, element

IN_VIEW: Final = 25
_MOST_DONE: Final = 5
_HEADS: Final = ("Ticket", "What the customer said last", "Said", "Status", "")
_CLASSES: Final = ("", "reasons", "number", "muted is-wide", "")


def forgotten_block(dataset: Forgotten, marks: Marks, token: str, search: str) -> list[Element]:
    """Return whom nobody answered, then what was done lately.

    Args:
        dataset: All of them.
        marks: What was done.
        token: Of the session's forms; empty for readers who may not mark.
        search: The filters, for the files.
    """
    if not dataset.waiting:
        return empty_body(*says.nobody(dataset))
    waits = tuple(each for each in dataset.waiting if (each.ticket_id, each.said_at) not in marks)
    marked = [each for each in dataset.waiting if (each.ticket_id, each.said_at) in marks]
    marked.sort(key=lambda each: marks[each.ticket_id, each.said_at].marked_at, reverse=True)
    shown = [*waits[:IN_VIEW], *marked[:_MOST_DONE]]
    head = [element("Th", name, scope="col", className=kind) for name, kind in zip(_HEADS, _CLASSES, strict=True)]
    body = [_row(each, dataset, marks, token) for each in shown]
    table = element(
        "Table",
        [element("Thead", element("Tr", head)), element("Tbody", body)],
        className="ranked-bars risk-table forgotten",
    )
    links = export_bar(*export_links("whom nobody answered", f"{pages.BACKLOG}/export/unanswered", search))
    more = f" The first {IN_VIEW} of {phrasing.count(len(waits))}; the file has all." if len(waits) > IN_VIEW else ""
    note = f"Solved and closed tickets first, the latest first.{more} {says.counted(dataset)}"
    twin = data_twin("Whom nobody answered", _HEADS[:-1], [_twin_row(each, dataset) for each in waits[:IN_VIEW]])
    said = says.forgotten(replace(dataset, waiting=waits), len(marked))
    return block_body(said, element("Div", [table, links]), note, twin)


def _row(row: Unanswered, dataset: Forgotten, marks: Marks, token: str) -> Element:
    mark = marks.get((row.ticket_id, row.said_at))
    said = [element("Span", says.words(row))]
    if mark is not None:
        said = [element("Strong", f"✓ {says.done(mark, dataset.zone)} "), *said]
    form = [mark_form(row, token, is_marked=mark is not None)] if token else []
    return element(
        "Tr",
        [
            element("Th", element("A", f"Ticket {row.ticket_id}", href=row.href), scope="row"),
            element("Td", said, className="reasons"),
            element("Td", says.ago(row.said_at, dataset.now), className="number"),
            element("Td", phrasing.prettified(row.status), className="muted is-wide"),
            element("Td", form, className="mark-cell"),
        ],
    )


def _twin_row(row: Unanswered, dataset: Forgotten) -> TwinRow:
    cells = (f"Ticket {row.ticket_id}", says.words(row), says.ago(row.said_at, dataset.now))
    return TwinRow((*cells, phrasing.prettified(row.status)), row.href)
