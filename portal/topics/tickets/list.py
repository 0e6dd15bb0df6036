"""The list of tickets: what is listed, its table, its exports, and what to do when it is empty."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from analytics import pages
from analytics.customer_ids import customer_path
from portal.numbers import phrasing
from portal.numbers.filters import Period, TicketFilters
from portal.topics.tickets.address import PATH, XLSX_ROWS, Order, Place, SortBy, TicketList, last_place
from portal.topics.tickets.bulk import FORM_ID
from portal.topics.tickets.conclusion import listed_sentence, measured_sentence
from portal.topics.tickets.dataset import Elapsed, ListedTickets, TicketPage, TicketRow
from portal.topics.tickets.late import late_choices, sla_cell
from portal.widgets.data_table import Cell, Column, Pager, Row, pager_bar, table_data
from portal.widgets.export_links import export_links
from portal.widgets.markup import Element, aria, element
from table_files.forms import FORMS

_SUBJECT_PLACE: Final = 1
_COLUMNS: Final[tuple[tuple[str, str, SortBy | None], ...]] = (
    ("number", "Number", None),
    ("subject", "Subject", None),
    ("category", "Category", None),
    ("priority", "Priority", SortBy.PRIORITY),
    ("status", "Status", None),
    ("channel", "Channel", None),
    ("customer", "Customer", None),
    ("agent", "Agent", None),
    ("created", "Created", SortBy.CREATED),
    ("reply", "First reply", SortBy.FIRST_REPLY),
    ("resolution", "Resolution", SortBy.RESOLUTION),
    ("resolved", "Resolved", SortBy.RESOLVED),
    ("sla", "SLA", SortBy.DUE),
    ("rating", "Rating", None),
)
_ORDERS: Final = (
    (Order(SortBy.CREATED, is_descending=True), "Newest first"),
    (Order(SortBy.CREATED, is_descending=False), "Oldest first"),
    (Order(SortBy.RESOLVED, is_descending=True), "Resolved last first"),
    (Order(SortBy.FIRST_REPLY, is_descending=True), "Longest first reply first"),
    (Order(SortBy.RESOLUTION, is_descending=True), "Longest resolution first"),
    (Order(SortBy.PRIORITY, is_descending=True), "Most urgent first"),
    (Order(SortBy.DUE, is_descending=True), "Least late first"),
    (Order(SortBy.DUE, is_descending=False), "Most overdue first"),
)
_NO_TICKETS: Final = "No tickets are recorded yet. They come with an import."
_MANY: Final = 20_000
"""Tickets from which on a file takes long enough to be written in the background."""
_URGENT: Final = frozenset({"urgent", "high"})


def list_head(listed: TicketList, found: ListedTickets) -> Element:
    """Return the sentence that says what is listed, the way out of a drill-down, and the exports."""
    lines: list[Element | str] = [element("Strong", listed_sentence(listed, found)), ". "]
    lines.append(measured_sentence(listed, found))
    lines += _left_out(listed, found)
    if listed.is_drill_down:
        lines += [" ", element("A", "Show all tickets of these days instead", href=listed.without_drill_down().href())]
    if listed.words:
        lines += [" ", element("A", "Clear the search", href=replace(listed, words="").href())]
    lines += _of_customer(listed)
    kinds = [kind for kind in FORMS if found.total and (kind != "xlsx" or found.total <= XLSX_ROWS)]
    if found.total > XLSX_ROWS:
        lines.append(f" Excel takes {phrasing.count(XLSX_ROWS)} rows at most: export CSV, or choose fewer days.")
    exact = replace(listed, filters=replace(listed.filters, own=""))
    exports = export_links("these tickets", f"{PATH}/export", exact.to_search(), kinds)
    if found.total > _MANY:
        later = f"{pages.DATA_HEALTH}?{urlencode({'export': exact.to_search()})}"
        exports.append(element("A", "In the background", href=later, className="plain-button"))
    tools = element("Div", [_sort_menu(listed), *exports], className="list-tools")
    said = element("Div", [element("P", lines, className="listed", role="status"), *late_choices(listed, found)])
    return element("Div", [said, tools], className="list-head")


def _of_customer(listed: TicketList) -> list[Element | str]:
    """Return the links to the customer whose tickets are listed, and to the tickets of all."""
    lines: list[Element | str] = []
    if listed.customer:
        lines += [" ", element("A", "Open the customer", href=listed.filters.href(customer_path(listed.customer)))]
    if listed.customer or listed.organisation:
        everybody = replace(listed, customer="", organisation="")
        lines += [" ", element("A", "Tickets of all customers", href=everybody.href())]
    return lines


def _left_out(listed: TicketList, found: ListedTickets) -> list[Element | str]:
    """Return what the number leaves out, each with the link to its tickets."""
    lines: list[Element | str] = []
    for count, reason, part in found.left_out:
        words = f"{phrasing.count(count)} {reason}"
        link = element("A", words, href=replace(listed, part=part).href()) if part else words
        lines += [", " if lines else " Left out: ", link]
    return [*lines, "."] if lines else []


def _sort_menu(listed: TicketList) -> Element:
    """Return the orders as a menu, for narrow screens, where there are no headings to press."""
    present = next((words for order, words in _ORDERS if order == listed.order), "Sorted")
    links = [
        element(
            "A",
            words,
            href=replace(listed, order=order).href(),
            className="value-choice is-chosen" if order == listed.order else "value-choice",
        )
        for order, words in _ORDERS
    ]
    summary = element("Summary", present, className="chip", **aria(label=f"Sort: {present}"))
    return element("Details", [summary, element("Div", links, className="menu-panel")], className="menu sort-menu")


def list_table(
    listed: TicketList,
    found: ListedTickets,
    page: TicketPage,
    now: datetime,
    place: Place | None = None,
    *,
    is_chosen: bool = False,
) -> dict[str, Any] | None:
    """Return the table of a page; None when there is no ticket.

    Args:
        listed: The list.
        found: What is listed.
        page: The page to show.
        now: Present instant, which tells overdue targets from running ones.
        place: Where the page begins, which each ticket's address keeps for the way back.
        is_chosen: Whether rows can be chosen, to correct them.
    """
    if not page.rows:
        return None
    search = listed.to_search(place)
    last = listed.filters.end - timedelta(days=1)
    rows = [Row(f"{PATH}/{row.ticket_id}{search}", _cells(row, now, last.year)) for row in page.rows]
    form, keys = (FORM_ID, [str(row.ticket_id) for row in page.rows]) if is_chosen else ("", [])
    return table_data(listed_sentence(listed, found), _columns(listed), rows, _SUBJECT_PLACE, form=form, keys=keys)


def list_foot(listed: TicketList, page: TicketPage, *, is_recorded: bool) -> Element:
    """Return the pager below the table; without a ticket why there is none, and what to do.

    Args:
        listed: The list.
        page: The page shown.
        is_recorded: Whether the desk has any ticket at all.
    """
    if page.rows:
        return pager_bar(_pager(listed, page))
    return empty_list(listed) if is_recorded else element("P", _NO_TICKETS, className="empty list-empty")


def empty_list(listed: TicketList) -> Element:
    """Return why no ticket is listed on a desk that has some, and what to do."""
    links: list[Element | str] = []
    if listed.number is not None:
        number = listed.filters.href(f"{PATH}/{listed.number}")
        links += [element("A", f"Look for the internal number {listed.number}", href=number), ". "]
    if listed.is_drill_down:
        links += [element("A", "Show all tickets of these days", href=listed.without_drill_down().href()), ". "]
    if listed.words:
        everywhere = TicketList(_unfiltered(listed), words=listed.words)
        links += [element("A", "Search all days without filters", href=everywhere.href()), ". "]
        why = f"None of these tickets matches “{listed.words}”."
    else:
        why = "No tickets match these filters." if listed.filters.where else "No tickets are listed for these days."
        if listed.filters.where:
            unfiltered = replace(listed, filters=replace(listed.filters, where=()))
            links += [element("A", "Remove the filters", href=unfiltered.href()), ". "]
        links.append(element("A", "Show all tickets", href=_unfiltered(listed).href(PATH)))
    what = ["Choose more days or remove a filter. ", *links]
    return element("P", [element("Strong", why), " ", *what], className="empty list-empty")


def _unfiltered(listed: TicketList) -> TicketFilters:
    """Return all days and all tickets; what the reader chose himself is carried on."""
    return replace(listed.filters, period=Period.ALL, where=())


def _columns(listed: TicketList) -> list[Column]:
    return [_column(listed, *column) for column in _COLUMNS]


def _column(listed: TicketList, key: str, label: str, by: SortBy | None) -> Column:
    if by is None:
        return Column(key, label)
    order = listed.order
    is_here = order.by is by
    turned = Order(by, not order.is_descending if is_here else True)
    state = ("descending" if order.is_descending else "ascending") if is_here else ""
    return Column(key, label, replace(listed, order=turned).href(), state)


def _cells(row: TicketRow, now: datetime, year: int) -> tuple[Cell, ...]:
    return (
        number_cell(row),
        subject_cell(row.subject),
        _named(row.category),
        _priority_cell(row.priority),
        _named(row.status and phrasing.prettified(row.status)),
        _named(row.channel and phrasing.prettified(row.channel)),
        _named(row.customer_type and phrasing.prettified(row.customer_type)),
        Cell(row.agent) if row.agent else Cell("Nobody", "muted"),
        _moment_cell(row.created, year),
        Cell(elapsed_text(row.first_reply)),
        Cell(elapsed_text(row.resolution)),
        _moment_cell(row.resolved, year),
        sla_cell(row.sla, now),
        Cell(
            str(row.rating) if row.rating else phrasing.NOTHING,
            title="" if row.rating is None else f"{row.rating} of 5",
        ),
    )


def number_cell(row: TicketRow) -> Cell:
    """Return the number that people know; the internal one for a ticket that came without."""
    if row.number is None:
        return Cell(str(row.ticket_id), "muted")
    return Cell(
        row.number.number, "muted", f"{row.number.number} in {row.number.source}, internal number {row.ticket_id}"
    )


def subject_cell(subject: str | None) -> Cell:
    """Return a subject in one line; never empty, as it is what is pressed."""
    if subject is None:
        return Cell("Deleted since the last refresh", "muted")
    words = " ".join(subject[:_LONGEST_SUBJECT].split())
    return Cell(words or "(no subject)", title=words)


_LONGEST_SUBJECT: Final = 300


def _priority_cell(priority: str | None) -> Cell:
    name = priority and phrasing.prettified(priority)
    return Cell(name, "strong") if name and priority in _URGENT else _named(name)


def _named(value: str | None) -> Cell:
    return Cell(value) if value else Cell("Not set", "muted")


def _moment_cell(at: datetime | date | None, year: int) -> Cell:
    """Return a moment; its year is left out where it is the list's last one."""
    is_plain = at is not None and at.year == year
    return Cell(moment(at, with_year=not is_plain), title=moment(at) if is_plain else "")


def moment(at: datetime | date | None, *, with_year: bool = True) -> str:
    """Return a moment: "3 Feb 2026 14:03"; without a time when only the date is known."""
    if at is None:
        return phrasing.NOTHING
    day = phrasing.day(at, with_year=with_year)
    return f"{day}{phrasing.SPACE}{at:%H:%M}" if isinstance(at, datetime) else day


def elapsed_text(elapsed: Elapsed | None) -> str:
    """Return how long something took; a dash when it has not happened."""
    return phrasing.NOTHING if elapsed is None else phrasing.duration(elapsed.value, elapsed.unit)


def _pager(listed: TicketList, page: TicketPage) -> Pager:
    previous = "" if page.previous is None else listed.href(Place(page.previous, is_backward=True))
    following = "" if page.next is None else listed.href(Place(page.next))
    links = (
        ("First", listed.href() if previous else ""),
        ("Previous", previous),
        ("Next", following),
        ("Last", listed.href(last_place(page.total)) if following else ""),
    )
    return Pager(page.position + 1, page.position + len(page.rows), page.total, links)
