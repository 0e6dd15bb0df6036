"""Tickets by day of the week, for a desk that knows dates only."""

from portal.numbers import phrasing
from portal.topics.volume.dataset import ArrivalHour
from portal.widgets.markup import Element, element


def weekday_bars(days: tuple[ArrivalHour, ...]) -> Element:
    """Return one bar for each weekday, each a link to its tickets."""
    most = max((day.tickets for day in days), default=0) or 1
    return element("Table", element("Tbody", [_row(day, most) for day in days]), className="share-table weekday-bars")


def _row(day: ArrivalHour, most: int) -> Element:
    name = phrasing.WEEKDAYS[day.weekday]
    width = {"--share": f"{100 * day.tickets / most:.1f}%", "--mark": "var(--accent)"}
    link = element("A", name, href=day.href) if day.tickets else name
    bar = element("Span", className="share-bar", style=width)
    return element(
        "Tr",
        [
            element("Th", [link], scope="row"),
            element("Td", bar, className="bar-cell"),
            element("Td", phrasing.count(day.tickets), className="number"),
        ],
    )
