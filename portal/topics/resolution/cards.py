"""Cards of durations that are drawn with HTML alone."""

from analytics.metrics import METRICS, Metric
from portal.numbers import phrasing
from portal.numbers.filters import TicketFilters
from portal.numbers.reading import Reading
from portal.topics.resolution import conclusion as resolution_says
from portal.topics.resolution.charts import duration_note, unmeasured_words
from portal.topics.resolution.dataset import LEAST_N, CategoryTime, Matrix, MatrixRow
from portal.topics.resolution.matrix import duration_matrix
from portal.topics.resolution.ranked_bars import ranked_bars
from portal.widgets.chart_card import block_body, empty_body
from portal.widgets.data_twin import TwinRow, data_twin
from portal.widgets.markup import Element
from portal.widgets.reading_words import LONGER

_MOST_ROWS = 6
"""A median over fewer tickets may be chance; such categories are in the table only."""
_MOST_MATRIX_ROWS = 10


def category_times_block(rows: tuple[CategoryTime, ...], filters: TicketFilters) -> list[Element]:
    """Return resolution time by category: the slowest in view, all of them in the table."""
    if not rows:
        return empty_body("No tickets were solved during these days.", LONGER)
    compared = filters.compared_to
    enough = tuple(row for row in rows if row.now.n >= LEAST_N)
    shown = (enough or rows)[:_MOST_ROWS]
    n = Reading(None, sum(row.now.n for row in rows), rows[0].now.unit)
    hidden = (
        f" The {len(shown)} slowest of {len(rows)}, with {LEAST_N} tickets or more." if len(rows) > len(shown) else ""
    )
    note = f"Bar: median, half are within it. Line: 9 in 10 are. {duration_note(METRICS['resolution_time'], n)}{hidden}"
    heads = ("Category", "Resolved", "Half within", "9 in 10 within")
    twin = data_twin("Resolution time by category", heads, [_time_row(row) for row in rows])
    return block_body(resolution_says.category_times(shown), ranked_bars(shown, compared), note, twin)


def _time_row(row: CategoryTime) -> TwinRow:
    now = row.now
    median, p90 = phrasing.amount(now.value, now.unit), phrasing.amount(now.p90, now.unit)
    return TwinRow((row.label, phrasing.count(now.n), median, p90), row.href)


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
    shades = f"Darker is longer; under {LEAST_N} tickets nothing is shaded."
    note = f"Bold: half within. {shades} {duration_note(metric, Reading(None, n, unit))}{hidden}"
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
    words = [text for each in readings for text in (phrasing.amount(each.value, each.unit), phrasing.count(each.n))]
    return TwinRow((row.label, *words), row.cells[-1].href)
