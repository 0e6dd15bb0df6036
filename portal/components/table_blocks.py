"""Cards drawn with HTML alone: their point, their table or grid, what is counted, and the numbers to read."""

from analytics.metrics import METRICS, Metric
from portal import phrasing
from portal.components.chart_card import block_body, empty_body
from portal.components.chart_contents import LONGER, duration_note, unmeasured_words, when
from portal.components.column_multiples import column_multiples
from portal.components.data_twin import TwinRow, data_twin
from portal.components.duration_matrix import duration_matrix
from portal.components.heat_map import heat_map
from portal.components.markup import Element
from portal.components.ranked_bars import ranked_bars
from portal.components.share_table import share_table
from portal.components.weekday_bars import weekday_bars
from portal.conclusions import resolution as resolution_says
from portal.conclusions import volume as volume_says
from portal.datasets.reading import Reading
from portal.datasets.resolution import CategoryTime, Matrix, MatrixRow
from portal.datasets.volume import ArrivalHour, Arrivals, Split
from portal.filters import COMPARISON_LABELS, TicketFilters

_MOST_ROWS = 6
_LEAST_N = 20
"""A median over fewer tickets may be chance; such categories are in the table only."""
_MOST_MATRIX_ROWS = 10


def category_times_block(rows: tuple[CategoryTime, ...], filters: TicketFilters) -> list[Element]:
    """Return resolution time by category: the slowest in view, all of them in the table."""
    if not rows:
        return empty_body("No tickets were solved during these days.", LONGER)
    compared = COMPARISON_LABELS[filters.compare]
    enough = tuple(row for row in rows if row.now.n >= _LEAST_N)
    shown = (enough or rows)[:_MOST_ROWS]
    n = Reading(None, sum(row.now.n for row in rows), rows[0].now.unit)
    hidden = (
        f" The {len(shown)} slowest of {len(rows)}, with {_LEAST_N} tickets or more." if len(rows) > len(shown) else ""
    )
    note = f"Bar: median, half are within it. Line: 9 in 10 are. {duration_note(METRICS['resolution_time'], n)}{hidden}"
    heads = ("Category", "Resolved", "Half within", "9 in 10 within")
    twin = data_twin("Resolution time by category", heads, [_time_row(row) for row in rows])
    return block_body(resolution_says.category_times(shown), ranked_bars(shown, compared), note, twin)


def _time_row(row: CategoryTime) -> TwinRow:
    now = row.now
    median, p90 = phrasing.amount(now.value, now.unit), phrasing.amount(now.p90, now.unit)
    return TwinRow((row.label, phrasing.count(now.n), median, p90), row.href)


def arrivals_block(dataset: Arrivals) -> list[Element]:
    """Return when tickets arrive: by hour of the week, or by weekday where only dates are known."""
    if not dataset.tickets:
        return empty_body("No tickets came in during these days.", LONGER)
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


def split_block(dataset: Split) -> list[Element]:
    """Return small charts of each part over time."""
    if not dataset.parts:
        return empty_body("No tickets came in during these days.", LONGER)
    note = f"Tickets per {dataset.grain}, created in the period, all on one scale; n {phrasing.count(dataset.tickets)}."
    heads = (dataset.grain.capitalize(), *(part.trend.label for part in dataset.parts))
    points = dataset.parts[0].trend.points
    rows = [
        TwinRow(
            (
                when(point, dataset.grain, with_year=True),
                *(phrasing.count(part.trend.points[place].reading.value or 0) for part in dataset.parts),
            )
        )
        for place, point in enumerate(points)
    ]
    return block_body(volume_says.split(dataset), column_multiples(dataset), note, data_twin("Tickets", heads, rows))


def shares_block(dataset: Split, filters: TicketFilters) -> list[Element]:
    """Return the parts' numbers, shares and changes."""
    if not dataset.parts:
        return empty_body("No tickets came in during these days.", LONGER)
    note = f"Share of all tickets created in the period, n {phrasing.count(dataset.tickets)}."
    return block_body(
        "What each part is of all tickets.", share_table(dataset, COMPARISON_LABELS[filters.compare]), note
    )


def matrix_block(dataset: Matrix, metric: Metric) -> list[Element]:
    """Return a duration by category and priority."""
    if not dataset.rows:
        return empty_body(*unmeasured_words(metric))
    readings = [row.cells[-1].reading for row in dataset.rows]
    shown = most_measured(dataset, _MOST_MATRIX_ROWS)
    hidden = f" The {len(shown.rows)} categories with most tickets of {len(dataset.rows)}." if shown != dataset else ""
    heads = ("Category", *(f"{name}, {what}" for name in (*dataset.priorities, "All") for what in ("half within", "n")))
    twin = data_twin("Durations by category and priority", heads, [_matrix_row(row) for row in dataset.rows])
    n = sum(reading.n for reading in readings if reading is not None)
    unit = next(reading.unit for reading in readings if reading is not None)
    note = f"Bold: half within. Darker is longer. {duration_note(metric, Reading(None, n, unit))}{hidden}"
    return block_body(resolution_says.matrix(dataset), duration_matrix(shown), note, twin)


def most_measured(dataset: Matrix, most: int) -> Matrix:
    """Return the matrix with only the categories most was measured of, in their own order."""
    sizes = sorted((_size(row) for row in dataset.rows), reverse=True)
    if len(sizes) <= most:
        return dataset
    return Matrix(dataset.priorities, tuple(row for row in dataset.rows if _size(row) >= sizes[most - 1]))


def _size(row: MatrixRow) -> int:
    return 0 if row.cells[-1].reading is None else row.cells[-1].reading.n


def _matrix_row(row: MatrixRow) -> TwinRow:
    readings = [cell.reading or Reading(None, 0, "minutes") for cell in row.cells]
    told = [text for each in readings for text in (phrasing.amount(each.value, each.unit), phrasing.count(each.n))]
    return TwinRow((row.label, *told), row.cells[-1].href)
