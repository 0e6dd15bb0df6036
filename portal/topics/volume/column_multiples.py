"""Small charts of columns side by side, all on one scale, drawn with HTML so that dozens cost nothing."""

from portal.numbers import phrasing
from portal.numbers.reading import CATEGORY_COLOURS, Point
from portal.topics.volume.dataset import Split, SplitPart
from portal.widgets.markup import Element, aria, element
from portal.widgets.reading_words import stretch_words


def column_multiples(split: Split) -> Element:
    """Return a small chart for each part; the tallest column of all of them sets the scale."""
    values = [point.reading.value or 0 for part in split.parts for point in part.trend.points]
    peak = max(values, default=0) or 1
    return element("Div", [_multiple(part, split, peak) for part in split.parts], className="multiples")


def _multiple(part: SplitPart, split: Split, peak: float) -> Element:
    points = part.trend.points
    share = phrasing.percent(part.tickets / split.tickets, split.tickets) if split.tickets else ""
    total = element("Span", f"{phrasing.count(part.tickets)}, {share}", className="multiple-total")
    head = element("Div", [element("A", part.trend.label, href=part.href), total], className="multiple-head")
    columns = element(
        "Div",
        [_column(point, split.grain, peak) for point in points],
        className="columns",
        style={"--mark": category_variable(part.trend.position)},
    )
    ends = (points[0], points[-1]) if points else ()
    dates = [element("Span", phrasing.stretch(point.start, point.last, _end_grain(split.grain))) for point in ends]
    return element("Div", [head, columns, element("Div", dates, className="multiple-foot")], className="multiple")


def category_variable(position: int | None) -> str:
    """Return the CSS colour of a part: that of its place in the desk's own list, grey for what is left."""
    if position is None:
        return "var(--comparison)"
    return f"var(--category-{position % CATEGORY_COLOURS + 1})"


def _end_grain(grain: str) -> str:
    return "month" if grain == "month" else "date"


def _column(point: Point, grain: str, peak: float) -> Element:
    value = point.reading.value or 0
    words = f"{stretch_words(point, grain)}: {phrasing.plural(value, 'ticket')}"
    style = {"--height": f"{100 * value / peak:.1f}%"}
    name = "column is-running" if point.is_running else "column"
    if not value:
        return element("Span", className=name, style=style, title=words)
    return element("A", className=name, href=point.href, style=style, title=words, tabIndex=-1, **aria(label=words))
