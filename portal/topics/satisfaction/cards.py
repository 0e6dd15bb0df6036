"""The cards of the Satisfaction page."""

from urllib.parse import urlencode

from analytics import pages
from analytics.standing import Standing
from portal.numbers import phrasing
from portal.numbers.parameters import parameter_pairs
from portal.plots.axes import Figure
from portal.topics.satisfaction import conclusion as says
from portal.topics.satisfaction.address import PAGE_KEY, PAGE_ROWS
from portal.topics.satisfaction.dataset import LowRating, LowRatings, Moved, RatedPart, RatedParts, Ratings
from portal.topics.satisfaction.figure import interval
from portal.widgets.chart_card import ChartContent, block_body, empty_body
from portal.widgets.data_twin import TwinRow, data_twin
from portal.widgets.export_links import export_bar, export_links
from portal.widgets.interval_rows import IntervalRow, interval_table
from portal.widgets.markup import Element, element
from portal.widgets.reading_words import running_words, stretch_words
from portal.widgets.why_nothing import WhyNothing

_EXPORT = f"{pages.SATISFACTION}/export"


def weeks_content(dataset: Ratings, why: WhyNothing, figure: Figure) -> ChartContent:
    """Return the card of CSAT over time."""
    if not dataset.now.n:
        return why.content("csat")
    heads = (dataset.grain.capitalize(), "CSAT", "May be", "Ratings", "Surveys answered", "Surveys")
    rows = [
        TwinRow((stretch_words(point, dataset.grain, with_year=True), *_numbers(dataset, place)), point.href)
        for place, point in enumerate(dataset.csat.points)
    ]
    note = (
        f"Ratings of 4 or 5 ÷ ratings, by the day given, n {phrasing.count(dataset.now.n)}."
        f" Pale: where it may lie.{running_words(dataset.csat, dataset.grain)}"
    )
    if dataset.is_partial:
        note += f" {dataset.grain.capitalize()}s cut by the ends of the period are counted, and not drawn."
    return ChartContent(figure, says.ratings(dataset), note, data_twin("CSAT over time", heads, rows))


def _numbers(dataset: Ratings, place: int) -> tuple[str, ...]:
    point, answered = dataset.csat.points[place], dataset.answered[place]
    return (
        says.percent(point.reading),
        _likely(point.reading.n, interval(point)),
        phrasing.count(point.reading.n),
        says.percent(answered),
        phrasing.count(answered.n),
    )


def _likely(n: int, ends: tuple[float, float]) -> str:
    return f"{100 * ends[0]:.0f} to {100 * ends[1]:.0f}{phrasing.THIN}%" if n else phrasing.NOTHING


def parts_block(dataset: RatedParts, why: WhyNothing, search: str) -> list[Element]:
    """Return CSAT by a dimension, the best rated first."""
    if not dataset.parts or dataset.whole.value is None:
        return why.body("csat")
    heads = (dataset.dimension.capitalize(), "CSAT", "n", "Against the others")
    table = interval_table(heads, [_part(part) for part in dataset.parts], dataset.whole.value)
    twin_heads = (dataset.dimension.capitalize(), "CSAT", "May be", "Ratings", "Against the others")
    rows = [TwinRow(_part_cells(part), part.href) for part in dataset.parts]
    links = export_bar(
        *export_links(f"CSAT by {dataset.dimension}", f"{_EXPORT}/parts", search),
        *export_links("CSAT over time", f"{_EXPORT}/weeks", search),
    )
    note = "Ratings of 4 or 5 ÷ ratings. Grey: cannot be told apart from the others, or too few."
    body = element("Div", [table, links])
    twin = data_twin(f"CSAT by {dataset.dimension}", twin_heads, rows)
    return block_body(says.parts(dataset), body, note, twin, marks="Upright line: all.")


def _part(part: RatedPart) -> IntervalRow:
    told = part.standing in {Standing.ABOVE, Standing.BELOW}
    numbers = (says.percent(part.csat), phrasing.count(part.csat.n), says.STANDINGS[part.standing])
    return IntervalRow(part.label, "", part.csat.value or 0.0, part.low, part.high, numbers, told, part.href)


def _part_cells(part: RatedPart) -> tuple[str, ...]:
    likely = _likely(part.csat.n, (part.low, part.high))
    return part.label, says.percent(part.csat), likely, phrasing.count(part.csat.n), says.STANDINGS[part.standing]


def moved_block(dataset: Moved | None) -> list[Element]:
    """Return the change of CSAT in its parts, in points, exact to the total."""
    if dataset is None or dataset.effect is None:
        return empty_body(
            "There is nothing to take apart: ratings are needed in the period and in what it is compared with.",
            "Choose a comparison, or a longer period.",
        )
    rows = [
        TwinRow(("Before", says.percent(dataset.before))),
        *(TwinRow((f"Within {phrasing.in_sentence(label)}", says.points(step))) for label, step in dataset.steps),
        TwinRow(("Mix: what came in, not how it was served", says.points(dataset.effect.mix))),
        TwinRow(("Now", says.percent(dataset.now))),
    ]
    head = element("Tr", [element("Th", name, scope="col") for name in ("What", "Points")])
    body = [
        element(
            "Tr", [element("Th", row.cells[0], scope="row"), element("Td", row.cells[1], className="number strong")]
        )
        for row in rows
    ]
    table = element("Table", [element("Thead", head), element("Tbody", body)], className="share-table")
    drivers = element("P", [element("A", "What goes with good and bad ratings", href=pages.DRIVERS)])
    note = (
        f"In points, n {phrasing.count(dataset.now.n)} and {phrasing.count(dataset.before.n)} before;"
        " each rounded by itself."
    )
    return block_body(says.moved(dataset), element("Div", [table, drivers]), note)


def low_block(dataset: LowRatings, search: str) -> list[Element]:
    """Return low ratings, those with a comment first, each leading to its ticket."""
    if not dataset.total:
        return empty_body("Nobody gave a rating of 1 or 2 during these days, to tickets that match.")
    items = element("Ul", [_low(row) for row in dataset.rows], className="sentence-list low-ratings")
    links = export_bar(*_pages(dataset, search), *export_links("low ratings", f"{_EXPORT}/low", search))
    first = (dataset.page - 1) * PAGE_ROWS + 1
    last = first + len(dataset.rows) - 1
    note = (
        f"{phrasing.count(first)} to {phrasing.count(last)} of {phrasing.count(dataset.total)};"
        " those with a comment first, then the lowest, then the newest."
    )
    return block_body(says.low(dataset), element("Div", [items, links]), note)


def _low(row: LowRating) -> Element:
    subject = element("A", row.subject or f"Ticket {row.ticket_id}", href=f"{pages.TICKETS}/{row.ticket_id}")
    said = [element("Span", f"“{row.comment}” ")] if row.comment else []
    rest = (row.category, row.agent, phrasing.day(row.rated_on, with_year=True))
    aside = element("Span", " · " + " · ".join(each for each in rest if each), className="muted")
    return element("Li", [element("Strong", f"{row.rating} of 5 "), *said, subject, aside])


def _pages(dataset: LowRatings, search: str) -> list[Element]:
    last = -(-dataset.total // PAGE_ROWS)
    kept = [pair for pair in parameter_pairs(search) if pair[0] != PAGE_KEY]
    ways = ((dataset.page - 1, "← Before"), (dataset.page + 1, "More →"))
    return [
        element("A", words, href=f"?{urlencode([*kept, (PAGE_KEY, str(to))])}", className="plain-button")
        for to, words in ways
        if 1 <= to <= last
    ]
