"""Hours of the week as a grid of cells, each a link to its tickets."""

from portal.numbers import phrasing
from portal.topics.volume.dataset import ArrivalHour
from portal.widgets.markup import Element, aria, element

_DAYS = tuple(name[:3] for name in phrasing.WEEKDAYS)


def heat_map(cells: tuple[ArrivalHour, ...]) -> Element:
    """Return seven rows of hours, the busiest darkest; quiet hours at both ends of the day are cut."""
    first, last = _shown_hours(cells)
    peak = max((cell.tickets for cell in cells), default=0) or 1
    rows = [
        _row(_DAYS[weekday], cells[weekday * 24 + first : weekday * 24 + last + 1], peak)
        for weekday in range(len(_DAYS))
    ]
    hours = [element("Td", "")] + [
        element("Th", f"{hour:02d}" if hour % 2 == 0 else "", scope="col") for hour in range(first, last + 1)
    ]
    return element("Table", [element("Tbody", rows), element("Tfoot", element("Tr", hours))], className="heat-map")


def _shown_hours(cells: tuple[ArrivalHour, ...]) -> tuple[int, int]:
    """Return the first and last hour worth a column: together they leave out at most one ticket in fifty."""
    by_hour = [sum(cell.tickets for cell in cells[hour::24]) for hour in range(24)]
    allowed = sum(by_hour) / 50
    first, last = 0, 23
    while first < last and min(by_hour[first], by_hour[last]) <= allowed:
        edge = first if by_hour[first] <= by_hour[last] else last
        allowed -= by_hour[edge]
        first, last = (first + 1, last) if edge == first else (first, last - 1)
    return first, last


def _row(name: str, cells: tuple[ArrivalHour, ...], peak: int) -> Element:
    return element("Tr", [element("Th", name, scope="row"), *(_cell(cell, peak) for cell in cells)])


def _cell(cell: ArrivalHour, peak: int) -> Element:
    words = f"{phrasing.WEEKDAYS[cell.weekday]} {phrasing.hour(cell.hour)}: {phrasing.plural(cell.tickets, 'ticket')}"
    style = {"--heat": f"{100 * cell.tickets / peak:.0f}%"}
    if not cell.tickets:
        return element("Td", element("Span", className="heat-cell", style=style, title=words))
    link = element(
        "A", className="heat-cell", href=cell.href, style=style, title=words, tabIndex=-1, **aria(label=words)
    )
    return element("Td", link)
