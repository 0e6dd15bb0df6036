"""Cards of volume that are drawn with HTML alone."""

from portal.numbers import phrasing
from portal.topics.volume import conclusion as volume_says
from portal.topics.volume.change_bars import change_bars
from portal.topics.volume.charts import compared_words, cut_words
from portal.topics.volume.column_multiples import column_multiples
from portal.topics.volume.dataset import ArrivalHour, Arrivals, Changes, Split
from portal.topics.volume.heat_map import heat_map
from portal.topics.volume.share_table import share_table
from portal.topics.volume.weekday_bars import weekday_bars
from portal.widgets.chart_card import block_body, empty_body
from portal.widgets.data_twin import TwinRow, data_twin
from portal.widgets.markup import Element
from portal.widgets.reading_words import running_words, stretch_words
from portal.widgets.why_nothing import WhyNothing


def arrivals_block(dataset: Arrivals, why: WhyNothing) -> list[Element]:
    """Return when tickets arrive: by hour of the week, or by weekday where only dates are known."""
    if not dataset.tickets:
        return why.body("created")
    says = volume_says.arrivals(dataset)
    cells = dataset.hours or dataset.weekdays
    rows = [
        TwinRow(
            (_cell_words(cell, with_hour=bool(dataset.hours)), phrasing.count(cell.tickets)),
            cell.href,
        )
        for cell in cells
        if cell.tickets
    ]
    twin = data_twin("When tickets arrive", ("Hour" if dataset.hours else "Day", "Tickets"), rows)
    if not dataset.hours:
        note = f"Tickets by weekday of creation, n {phrasing.count(dataset.tickets)}. These dates have no time of day."
        return block_body(says, weekday_bars(dataset.weekdays), note, twin)
    left = (
        f" {phrasing.plural(dataset.without_hour, 'ticket')} without a time of day left out."
        if dataset.without_hour
        else ""
    )
    timed = phrasing.count(dataset.tickets - dataset.without_hour)
    note = f"Tickets created in the period by hour, n {timed}. Quiet hours at both ends of the day are cut.{left}"
    return block_body(says, heat_map(dataset.hours), note, twin)


def _cell_words(cell: ArrivalHour, *, with_hour: bool) -> str:
    day = phrasing.WEEKDAYS[cell.weekday]
    return f"{day} {phrasing.hour(cell.hour)}" if with_hour else day


def split_block(dataset: Split, why: WhyNothing) -> list[Element]:
    """Return small charts of each part over time."""
    if not dataset.parts:
        return why.body("created")
    cut = cut_words(dataset.grain) if dataset.is_partial else ""
    n = phrasing.count(dataset.tickets)
    running = running_words(dataset.parts[0].trend, dataset.grain).replace("Dashed", "Hatched")
    note = f"Tickets per {dataset.grain}, created in the period, all on one scale; n {n}.{running}{cut}"
    heads = (dataset.grain.capitalize(), *(part.trend.label for part in dataset.parts))
    points = dataset.parts[0].trend.points
    rows = [
        TwinRow(
            (
                stretch_words(point, dataset.grain, with_year=True),
                *(phrasing.count(part.trend.points[place].reading.value or 0) for part in dataset.parts),
            )
        )
        for place, point in enumerate(points)
    ]
    return block_body(volume_says.split(dataset), column_multiples(dataset), note, data_twin("Tickets", heads, rows))


def shares_block(dataset: Split, why: WhyNothing) -> list[Element]:
    """Return the parts' numbers, shares and changes."""
    if not dataset.parts:
        return why.body("created")
    note = f"Share of all tickets created in the period, n {phrasing.count(dataset.tickets)}."
    return block_body("What each part is of all tickets.", share_table(dataset, why.filters.compared_to), note)


def changes_block(dataset: Changes | None, why: WhyNothing) -> list[Element]:
    """Return which parts have more tickets than in the comparison, or fewer, the largest change first."""
    if dataset is None:
        return why.body("created") if why.filters.compared() else empty_body(volume_says.NOT_COMPARED)
    note = f"{phrasing.count(dataset.now)} tickets, {phrasing.count(dataset.before)} in {compared_words(why.filters)}."
    today = " The last day is not over, and left out on both sides." if dataset.without_today else ""
    heads = (dataset.dimension.capitalize(), "Tickets", "Before", "Change", "")
    rows = [
        TwinRow(
            (
                part.label,
                phrasing.count(part.now),
                phrasing.count(part.before),
                volume_says.signed(part.change),
                "" if part.is_clear or not part.change else "may be chance",
            ),
            part.href,
        )
        for part in dataset.parts
    ]
    marks = "Grey: may be chance."
    twin = data_twin("What changed", heads, rows)
    return block_body(volume_says.changes(dataset), change_bars(dataset), f"{note}{today}", twin, marks=marks)
