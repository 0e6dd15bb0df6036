"""Cards of durations that are drawn with HTML alone."""

from analytics.metrics import METRICS, Metric
from analytics.takes_longest import LEAST_N
from portal.numbers import phrasing
from portal.numbers.reading import Reading
from portal.topics.resolution import conclusion as resolution_says
from portal.topics.resolution.charts import duration_note, unmeasured
from portal.topics.resolution.dataset import CategoryTime, Matrix, MatrixRow
from portal.topics.resolution.matrix import duration_matrix
from portal.topics.resolution.ranked_bars import ranked_bars
from portal.widgets.change import is_doubtful
from portal.widgets.chart_card import block_body, empty_lines
from portal.widgets.data_twin import TwinRow, data_twin
from portal.widgets.markup import Element, element
from portal.widgets.why_nothing import WhyNothing

_MOST_ROWS = 6
_MOST_MATRIX_ROWS = 10
_MARKS = "Bar: median, half are within it. Line: 9 in 10 are."


def category_times_block(rows: tuple[CategoryTime, ...], why: WhyNothing) -> list[Element]:
    """Return resolution time by category: the slowest in view, all of them in the table."""
    if not rows:
        return why.body("resolution_time")
    compared = why.filters.compared_to
    enough = tuple(row for row in rows if row.now.n >= LEAST_N)
    shown = (enough or rows)[:_MOST_ROWS]
    n = Reading(None, sum(row.now.n for row in rows), rows[0].now.unit)
    few = (
        f" Only those with {LEAST_N} tickets or more, {len(enough)} of {len(rows)}." if len(enough) < len(rows) else ""
    )
    hidden = f"{few if enough else ''}{f' The {len(shown)} slowest.' if len(enough or rows) > len(shown) else ''}"
    doubt = " Grey change: may be chance." if any(is_doubtful(row.now, row.before, row.judged) for row in shown) else ""
    note = f"{duration_note(METRICS['resolution_time'], n)}{hidden}{doubt}"
    heads = ("Category", "Resolved", "Half within", "9 in 10 within")
    twin = data_twin("Resolution time by category", heads, [_time_row(row) for row in rows])
    drawn = ranked_bars(shown, compared)
    return block_body(resolution_says.category_times(shown), drawn, note, twin, marks=_MARKS)


def _time_row(row: CategoryTime) -> TwinRow:
    now = row.now
    median, p90 = phrasing.amount(now.value, now.unit), phrasing.amount(now.p90, now.unit)
    return TwinRow((row.label, phrasing.count(now.n), median, p90), row.href)


def matrix_block(dataset: Matrix, metric: Metric, why: WhyNothing) -> list[Element]:
    """Return a duration by category and priority."""
    if not dataset.rows:
        return [element("P", empty_lines(unmeasured(metric, why)), className="empty")]
    readings = [row.cells[-1].reading for row in dataset.rows]
    shown = most_measured(dataset, _MOST_MATRIX_ROWS)
    hidden = f" The {len(shown.rows)} categories with most tickets of {len(dataset.rows)}." if shown != dataset else ""
    heads = ("Category", *(f"{name}, {what}" for name in (*dataset.priorities, "All") for what in ("half within", "n")))
    twin = data_twin("Durations by category and priority", heads, [_matrix_row(row) for row in dataset.rows])
    n = sum(reading.n for reading in readings if reading is not None)
    unit = next(reading.unit for reading in readings if reading is not None)
    shades = f"The stronger the colour, the longer. Dashed: fewer than {LEAST_N} tickets, too few to shade."
    note = f"Bold: half within. {shades} {duration_note(metric, Reading(None, n, unit))}{hidden}"
    return block_body(resolution_says.matrix(dataset, metric), duration_matrix(shown), note, twin)


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
    words = [text for each in readings for text in (phrasing.amount(each.value, each.unit), phrasing.count(each.n))]
    return TwinRow((row.label, *words), row.cells[-1].href)
