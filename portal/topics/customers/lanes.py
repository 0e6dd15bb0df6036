"""Twelve months of a customer as lanes: a dot for a ticket, by channel, coloured by how it sounds; ratings below."""

from datetime import date, timedelta
from typing import Final

from portal.numbers import phrasing
from portal.topics.customers import one_conclusion as says
from portal.topics.customers.one_dataset import OneCustomer, OneTicket
from portal.widgets.chart_card import card_head
from portal.widgets.markup import Element, aria, element

_YEAR: Final = 365
_LOW: Final = 2
_TONES: Final = {"frustrated": "is-bad", "pleased": "is-good"}


def lanes(found: OneCustomer) -> Element:
    """Return the card with the lanes."""
    since = found.as_of - timedelta(days=_YEAR)
    shown = [each for each in found.tickets if each.created.date() > since]
    channels = sorted({each.channel for each in shown}, key=lambda name: (not name, name))
    rows = [
        _lane(
            phrasing.prettified(name) if name else "Not set",
            [_dot(each, since) for each in shown if each.channel == name],
        )
        for name in channels
    ]
    rated = [_rating(each, since) for each in shown if each.rating is not None]
    rows += [_lane("Rating", rated)] if rated else []
    months = element(
        "Div",
        [element("Span"), element("Div", _months(since, found.as_of), className="lane-line")],
        className="lane is-months",
    )
    legend = element(
        "P",
        [_mark("is-bad"), " frustrated ", _mark(""), " other ", _mark("is-good"), " pleased"],
        className="note lane-legend",
    )
    content = (
        [*rows, months, legend] if shown else [element("P", "Nothing in the last twelve months.", className="empty")]
    )
    title = card_head("The last twelve months")
    said = element("P", says.history(found, since + timedelta(days=1)), className="conclusion")
    return element("Section", [title, said, element("Div", content, className="lanes")], className="card-block surface")


def _lane(name: str, marks: list[Element]) -> Element:
    label = element("Span", name, className="lane-name")
    return element("Div", [label, element("Div", marks, className="lane-line")], className="lane")


def _place(day: date, since: date) -> dict[str, str]:
    return {"left": f"{100 * (day - since).days / (_YEAR + 1):.2f}%"}


def _dot(ticket: OneTicket, since: date) -> Element:
    words = f"{phrasing.day(ticket.created, with_year=True)}: {ticket.subject or 'ticket'}"
    heard = f", {ticket.sentiment}" if ticket.sentiment else ""
    return element(
        "A",
        "",
        href=ticket.href,
        title=f"{words}{heard}",
        className=f"lane-dot {_TONES.get(ticket.sentiment, '')}",
        style=_place(ticket.created.date(), since),
        **aria(label=f"{words}{heard}"),
    )


def _rating(ticket: OneTicket, since: date) -> Element:
    rating = ticket.rating or 0
    return element(
        "A",
        str(rating),
        href=ticket.href,
        className=f"lane-rating {'is-bad' if rating <= _LOW else ''}",
        style=_place(ticket.created.date(), since),
        **aria(label=f"Rated {rating} of 5, ticket {ticket.number}"),
    )


def _months(since: date, last: date) -> list[Element]:
    starts = []
    first = (since.replace(day=1) + timedelta(days=31)).replace(day=1)
    while first <= last:
        starts.append(first)
        first = (first + timedelta(days=31)).replace(day=1)
    return [element("Span", f"{each:%b}", className="lane-month", style=_place(each, since)) for each in starts]


def _mark(tone: str) -> Element:
    return element("Span", "", className=f"lane-mark {tone}", **aria(hidden="true"))
