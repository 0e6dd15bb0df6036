"""One customer on one page."""

from collections.abc import Sequence
from datetime import datetime

from analytics import pages
from portal.numbers import phrasing
from portal.numbers.called import Call, called
from portal.topics.customers import one_conclusion as says
from portal.topics.customers.forms import call_form, undo_form
from portal.topics.customers.lanes import lanes
from portal.topics.customers.one_dataset import Leaving, OneCustomer, OneTicket, Reason
from portal.widgets.chart_card import card_head
from portal.widgets.definition import explanation
from portal.widgets.markup import Children, Element, element

_SHOWN = 15
_CHANCE = (
    (
        "Only the history of support is known here. The reasons are what raises this customer's score most against a"
        " usual customer's. Each leads to the latest ticket that shows it."
    ),
    "How far the chances can be trusted stands on the page Churn & pain points.",
)


def one_view(found: OneCustomer, calls: tuple[Call, ...], now: datetime, back: str, token: str = "") -> list[Children]:
    """Return the customer.

    Args:
        found: The customer.
        calls: Marked, newest first.
        now: Present instant.
        back: Link to the list.
        token: Of a manager's session; "" for others, who are shown no forms.
    """
    matter, called = says.headline(found, calls, now)
    head = [
        element("P", element("A", "← All customers", href=back), className="detail-back"),
        element("H2", found.title, className="detail-subject", dir="auto"),
        element("P", [element("Strong", matter), f" {called}"], className="conclusion customer-matter"),
        element("P", _byline(found), className="detail-byline"),
        element("Div", _tiles(found), className="customer-tiles"),
    ]
    main = [lanes(found), _happened(found), _calls(found, calls, token)]
    aside = [_leaving(found.leaving), _open(found, now)]
    sides = ((main, "span-7"), (aside, "span-5"))
    columns = [element("Div", cards, className=f"page-column {place}") for cards, place in sides]
    return [*head, element("Div", columns, className="page-grid")]


def nobody(back: str) -> list[Children]:
    """Return what is shown for an address that is no customer's."""
    lines = [
        element("P", element("A", "← All customers", href=back), className="detail-back"),
        element("H2", "There is no such customer", className="detail-subject"),
        element("P", "All their tickets may have been deleted, or the address may be mistyped.", className="empty"),
    ]
    return [element("Div", lines, className="card-block surface")]


def _byline(found: OneCustomer) -> str:
    since = f"first wrote on {phrasing.day(found.since, with_year=True)}"
    return " · ".join(each for each in (found.kind, found.organisation, since, found.email) if each)


def _tiles(found: OneCustomer) -> list[Element]:
    leaving = found.leaving
    chance = "Chance of leaving" if leaving is None or leaving.is_chance else "Points for a call"
    tickets = element("A", phrasing.count(found.total), href=found.tickets_href)
    is_all = len(found.tickets) == found.total
    newest = "" if is_all else f"of the newest {phrasing.count(len(found.tickets))}"
    return [
        _tile(chance, _score(leaving), "" if leaving is None else _within(leaving)),
        _tile("Tickets", tickets, says.trend(found)),
        _tile("Open now", phrasing.count(len(found.open)), newest),
        _tile("Median first reply", says.median_reply(found), newest),
        _tile("Ratings of 4 or 5", says.good_ratings(found), says.last_ratings(found)),
        _tile("Agents they met", phrasing.count(says.agents_met(found)), newest),
    ]


def _tile(title: str, value: Element | str, aside: str) -> Element:
    parts = [
        element("Span", title, className="customer-tile-title"),
        element("Span", value, className="customer-tile-value"),
        element("Span", aside, className="customer-tile-aside"),
    ]
    return element("Div", parts, className="customer-tile surface")


def _score(leaving: Leaving | None) -> str:
    if leaving is None:
        return "not known"
    return phrasing.percent(leaving.score) if leaving.is_chance else f"{phrasing.count(leaving.score)} of 100"


def _within(leaving: Leaving) -> str:
    return f"within {leaving.horizon_days} days" if leaving.is_chance else "a sum of set weights"


def _card(head: Element, content: Sequence[Element]) -> Element:
    return element("Section", [head, *content], className="card-block surface")


def _leaving(leaving: Leaving | None) -> Element:
    head = card_head("Why they may leave", explanation("What the reasons are", "Why they may leave", _CHANCE))
    if leaving is None:
        return _card(head, [element("P", "This has not been worked out for this customer yet.", className="empty")])
    if not leaving.reasons:
        return _card(head, [element("P", "Nothing out of the ordinary raises it.", className="empty")])
    lines = [element("Li", _reason(each)) for each in leaving.reasons]
    return _card(head, [element("Ul", lines, className="reason-list")])


def _reason(each: Reason) -> list[Element | str]:
    words = element("Strong", says.reason(each))
    return [words] if each.ticket is None else [words, " ", element("A", f"ticket {each.ticket}", href=each.href)]


def _open(found: OneCustomer, now: datetime) -> Element:
    if not found.open:
        return _card(card_head("Open tickets"), [element("P", "No ticket is open.", className="empty")])
    lines = [element("Li", _open_line(each, now)) for each in found.open]
    return _card(card_head("Open tickets"), [element("Ul", lines, className="reason-list")])


def _open_line(ticket: OneTicket, now: datetime) -> list[Element | str]:
    words, tone = says.due(ticket, now)
    return [
        element("A", ticket.subject or "(no subject)", href=ticket.href, dir="auto"),
        element(
            "Div",
            [element("Span", words, className=f"verdict {tone}"), f" · {ticket.agent or 'Nobody'} · {ticket.number}"],
            className="interval-aside",
        ),
    ]


def _happened(found: OneCustomer) -> Element:
    heads = (("Written", ""), ("What", ""), ("Sounded", "is-wide"), ("Rating", "number"), ("Ticket", "number"))
    head = [element("Th", name, scope="col", className=kind) for name, kind in heads]
    rows = [_row(each) for each in found.tickets[:_SHOWN]]
    table = element(
        "Table", [element("Thead", element("Tr", head)), element("Tbody", rows)], className="ranked-bars history-table"
    )
    every = element("A", f"All {phrasing.plural(found.total, 'ticket')}", href=found.tickets_href)
    return _card(card_head("What happened, newest first"), [table, element("P", every, className="note")])


def _row(ticket: OneTicket) -> Element:
    when = f"{phrasing.day(ticket.created, with_year=True)}"
    channel = phrasing.prettified(ticket.channel) if ticket.channel else "Channel not set"
    return element(
        "Tr",
        [
            element("Th", [when, element("Span", channel, className="interval-aside")], scope="row"),
            element("Td", element("A", ticket.subject or "(no subject)", href=ticket.href), dir="auto"),
            element("Td", ticket.sentiment or "not known", className=f"is-wide verdict {tone(ticket.sentiment)}"),
            element("Td", phrasing.NOTHING if ticket.rating is None else f"{ticket.rating} of 5", className="number"),
            element("Td", element("A", str(ticket.number), href=ticket.href), className="number"),
        ],
    )


def tone(sentiment: str) -> str:
    """Return the colour of how a ticket sounds."""
    return {"frustrated": "bad", "pleased": "good", "": "muted"}.get(sentiment, "")


def _calls(found: OneCustomer, calls: tuple[Call, ...], token: str) -> Element:
    lines = [_call(each, token) for each in calls]
    said = element("Ul", lines, className="reason-list") if lines else element("P", "Nobody has marked a call.")
    form = [call_form(found.customer, token)] if token else [element("P", "Managers can mark calls.", className="note")]
    return _card(card_head("Calls to them"), [said, *form])


def _call(call: Call, token: str) -> Element:
    words = element("Span", f"✓ {called(call)}")
    return element("Li", [words, *([undo_form(call, token)] if token else [])], className="call-line")


def list_path(search: str) -> str:
    """Return the link back to the list."""
    return f"{pages.CUSTOMERS}{search}"
