"""What the tickets are: each part's number, share, and change."""

from analytics.metrics import Better
from portal.numbers import phrasing
from portal.numbers.reading import Reading
from portal.topics.volume.column_multiples import category_variable
from portal.topics.volume.dataset import Split, SplitPart
from portal.widgets.change import change_text
from portal.widgets.markup import Element, aria, element


def share_table(split: Split, compared_to: str) -> Element:
    """Return parts with the largest first; every number leads to its tickets."""
    with_change = any(part.before is not None for part in split.parts)
    names = (split.dimension.capitalize(), "Tickets", "", "Share", *(("Change",) if with_change else ()))
    classes = ("", "number", "bar-cell", "number", "number")
    head = [element("Th", name, scope="col", className=kind) for name, kind in zip(names, classes, strict=False)]
    ranked = sorted(split.parts, key=lambda part: (part.trend.position is None, -part.tickets))
    largest = max((part.tickets for part in ranked), default=0) or 1
    body = [_row(part, split, largest, compared_to, with_change=with_change) for part in ranked]
    return element("Table", [element("Thead", element("Tr", head)), element("Tbody", body)], className="share-table")


def _row(part: SplitPart, split: Split, largest: int, compared_to: str, *, with_change: bool) -> Element:
    colour = category_variable(part.trend.position)
    swatch = element("Span", className="swatch", style={"background": colour}, **aria(hidden="true"))
    width = {"--share": f"{100 * part.tickets / largest:.1f}%", "--mark": colour}
    cells = [
        element("Th", [swatch, element("A", part.trend.label, href=part.href)], scope="row"),
        element("Td", phrasing.count(part.tickets), className="number strong"),
        element("Td", element("Span", className="share-bar", style=width, **aria(hidden="true")), className="bar-cell"),
        element("Td", phrasing.percent(part.tickets / (split.tickets or 1), split.tickets), className="number"),
    ]
    if with_change:
        now, before = (Reading(number, number or 0, "tickets") for number in (part.tickets, part.before))
        cells.append(element("Td", change_text(now, before, Better.NEITHER, compared_to), className="number"))
    return element("Tr", cells)
