"""The ranked list of customers."""

from collections.abc import Mapping

from analytics import pages
from portal.numbers import phrasing
from portal.numbers.called import Call, called, called_mark
from portal.topics.customers import conclusion as says
from portal.topics.customers.address import BY, PAGE, SORT, first_page
from portal.topics.customers.dataset import Ranked, Ranking
from portal.widgets.chart_card import block_body, card_head, empty_body
from portal.widgets.choices import choice_row
from portal.widgets.data_table import Pager, pager_bar
from portal.widgets.definition import explanation
from portal.widgets.export_links import export_bar, export_links
from portal.widgets.markup import Children, Element, element
from portal.widgets.views import links

_ABOUT = (
    "Counted are the tickets created in the period. Work and reopenings are of these same tickets, up to now.",
    "Two customers are told apart only where their tickets differ by more than chance would bring in 19 of 20 cases.",
    "What the work cost is not known: nobody has said what an hour of work costs.",
)
_HEADS = {"person": "Customer", "organisation": "Organisation", "type": "Customer type"}


def list_view(found: Ranking, calls: Mapping[int, Call], search: str, exports: str) -> list[Children]:
    """Return the choices, and the card with the ranked list.

    Args:
        found: The page of the list.
        calls: Customer -> the latest call.
        search: The address after its path.
        exports: The address of the files after their path.
    """
    present = first_page(search)
    choices = [
        choice_row("Who is ranked", links(BY, pages.CUSTOMERS, present)),
        choice_row("Ranked by", links(SORT, pages.CUSTOMERS, present)),
    ]
    head = card_head("Who needs the most support", explanation("What is ranked", "Who needs the most support", _ABOUT))
    body = _body(found, calls, search, exports)
    card = element("Section", [head, element("Div", body, className="block-body")], className="card-block surface")
    return [element("Div", choices, className="choice-bar"), card]


def _body(found: Ranking, calls: Mapping[int, Call], search: str, exports: str) -> list[Element]:
    if not found.rows:
        return empty_body("No tickets of known customers match.", "Choose more days or remove a filter.")
    is_person = found.by == "person"
    heads = [(_HEADS[found.by], ""), ("Tickets", "number")]
    heads += [("Before", "number is-wide")] if found.compared_to else []
    heads += [("Work", "number"), ("Reopened", "number is-wide")]
    heads += [("Called", "")] if is_person else []
    head = [element("Th", name, scope="col", className=kind) for name, kind in heads]
    rows = [_row(row, calls, has_before=bool(found.compared_to)) for row in found.rows]
    table = element(
        "Table",
        [element("Thead", element("Tr", head)), element("Tbody", rows)],
        className="ranked-bars customer-table",
    )
    files = export_bar(*export_links("these customers", f"{pages.CUSTOMERS}/export", exports))
    content = element("Div", [table, _pager(found, search), files])
    return block_body(says.ranked(found), content, _note(found))


def _note(found: Ranking) -> str:
    before = f" Before: {found.compared_to}." if found.compared_to else ""
    nameless = f" {phrasing.plural(found.nameless, 'ticket')} of none of them." if found.nameless else ""
    return f"{phrasing.plural(found.tickets, 'ticket')} of {phrasing.count(found.total)} in all.{before}{nameless}"


def _row(row: Ranked, calls: Mapping[int, Call], *, has_before: bool) -> Element:
    name: list[Element | str] = [element("A", row.label, href=row.href)]
    name += [element("Span", row.aside, className="interval-aside")] if row.aside else []
    work = "not known" if row.minutes is None else phrasing.duration(row.minutes)
    reopens = "not known" if row.reopens is None else phrasing.count(row.reopens)
    cells = [_number(phrasing.count(row.tickets), "strong", row.tickets_href)]
    if has_before:
        cells.append(_number(phrasing.NOTHING if row.before is None else phrasing.count(row.before), "muted is-wide"))
    cells.append(_number(work, "", row.tickets_href if row.minutes is not None else ""))
    cells.append(_number(reopens, "is-wide", row.tickets_href if row.reopens is not None else ""))
    if row.customer is not None:
        cells.append(_called_cell(calls.get(row.customer)))
    return element("Tr", [element("Th", name, scope="row"), *cells])


def _number(text: str, kind: str, href: str = "") -> Element:
    return element("Td", element("A", text, href=href) if href else text, className=f"number {kind}")


def _called_cell(call: Call | None) -> Element:
    kind = "muted called-cell" if call is None else "called-cell"
    return element("Td", called_mark(call), className=kind, title=called(call))


def _pager(found: Ranking, search: str) -> Element:
    size = 25
    page = (found.first - 1) // size + 1
    pages_in_all = -(-found.total // size)
    last = found.first + len(found.rows) - 1

    def at(place: int) -> str:
        kept = first_page(search)
        return f"{pages.CUSTOMERS}?{kept}{'&' if kept else ''}{PAGE}={place}"

    steps = (
        ("First", at(1) if page > 1 else ""),
        ("Previous", at(page - 1) if page > 1 else ""),
        ("Next", at(page + 1) if page < pages_in_all else ""),
        ("Last", at(pages_in_all) if page < pages_in_all else ""),
    )
    return pager_bar(Pager(found.first, last, found.total, steps))
