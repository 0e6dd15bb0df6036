"""A table with a bar for each median and a thin line to its 90th percentile."""

from analytics.metrics import Better
from portal.numbers import phrasing
from portal.topics.resolution.dataset import CategoryTime
from portal.widgets.change import change_text
from portal.widgets.markup import Element, aria, element

_HEADS = ("Category", "Resolved", "", "Median", "9 in 10 within", "Change")


def ranked_bars(rows: tuple[CategoryTime, ...], compared_to: str) -> Element:
    """Return categories with the longest median first; every bar and number leads to its tickets."""
    longest = max((row.now.p90 or row.now.value or 0 for row in rows), default=0) or 1
    heads = _HEADS if any(row.before for row in rows) else _HEADS[:-1]
    classes = ("", "number", "bar-cell", "number", "number", "number")
    head = [element("Th", name, scope="col", className=kind) for name, kind in zip(heads, classes, strict=False)]
    body = [_row(row, longest, compared_to, with_change=len(heads) == len(_HEADS)) for row in rows]
    return element("Table", [element("Thead", element("Tr", head)), element("Tbody", body)], className="ranked-bars")


def _row(row: CategoryTime, longest: float, compared_to: str, *, with_change: bool) -> Element:
    now = row.now
    median, p90 = (phrasing.amount(value, now.unit) for value in (now.value, now.p90))
    cells = [
        element("Th", element("A", row.label, href=row.href), scope="row"),
        element("Td", phrasing.count(now.n), className="number"),
        element("Td", bar(now.value, now.p90, longest), className="bar-cell"),
        element("Td", median, className="number strong"),
        element("Td", p90, className="number muted"),
    ]
    if with_change:
        cells.append(
            element("Td", change_text(now, row.before, Better.LOWER, compared_to, row.judged), className="number")
        )
    return element("Tr", cells)


def bar(value: float | None, tail: float | None, longest: float) -> Element:
    """Return a bar from zero to a value, with a thin line on to a second one."""
    widths = {"--bar": f"{100 * (value or 0) / longest:.1f}%", "--tail": f"{100 * (tail or value or 0) / longest:.1f}%"}
    return element("Span", className="bar", style=widths, **aria(hidden="true"))
