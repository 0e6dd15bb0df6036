"""What the charts of reply and resolution times say."""

from dataclasses import replace

from analytics.metrics import METRICS
from portal.numbers.reading import Reading
from portal.topics.resolution.conclusion import category_times, matrix, percentiles
from portal.topics.resolution.dataset import CategoryTime, DurationTrend, Matrix, MatrixCell, MatrixRow
from tests.factories.resolution import make_duration_trend


def _with_peak(value: float) -> DurationTrend:
    """Return medians of two hours in every week but the sixth."""
    trend = make_duration_trend(growth=1.0, level=120.0)
    points = tuple(
        replace(point, reading=replace(point.reading, value=value)) if place == 5 else point
        for place, point in enumerate(trend.medians.points)
    )
    return replace(trend, medians=replace(trend.medians, points=points))


def test_a_median_that_hardly_moves_is_called_steady() -> None:
    """A week a little above the others is no news."""
    assert percentiles(_with_peak(130.0)) == "The median stayed at about 2.0\u00a0h throughout."


def test_a_median_with_a_peak_is_not_called_steady() -> None:
    """Where one week took far longer, the sentence names it."""
    told = percentiles(_with_peak(660.0))
    assert "throughout" not in told
    assert "the highest was 11.0\u00a0h" in told


def test_a_median_that_goes_up_and_down_has_no_direction() -> None:
    """The last third is longer than the first, but weeks differ as much among themselves."""
    trend = make_duration_trend(growth=1.0, level=120.0)
    values = [120.0, 200.0, 90.0, 180.0, 110.0, 210.0, 130.0, 100.0, 220.0, 140.0, 230.0, 125.0]
    points = tuple(
        replace(point, reading=replace(point.reading, value=values[place % len(values)]))
        for place, point in enumerate(trend.medians.points[: len(values)])
    )
    told = percentiles(replace(trend, medians=replace(trend.medians, points=points)))
    assert "may be chance" in told
    assert "rose" in percentiles(make_duration_trend(growth=1.3, level=120.0))


def _cell(half: float, n: int) -> MatrixCell:
    return MatrixCell(Reading(half, n, "minutes", p90=10 * half), "/tickets")


def _matrix() -> Matrix:
    """Return two categories: technical support takes longest, though returns do so at high priority."""
    support = MatrixRow("Technical support", (_cell(300.0, 40), _cell(960.0, 40), _cell(900.0, 80)))
    returns = MatrixRow("Returns", (_cell(1200.0, 30), _cell(120.0, 60), _cell(600.0, 90)))
    return Matrix(("High", "Low"), (support, returns))


def test_the_only_category_with_enough_tickets_is_not_called_the_slowest() -> None:
    """Nothing is longest where nothing else is compared."""
    dataset = Matrix(("Not set",), (MatrixRow("Hardware", (_cell(120.0, 40), _cell(120.0, 40))),))
    said = matrix(dataset, METRICS["resolution_time"])
    assert said == "Fewer than two categories have 20 tickets, so none is named the slowest."


def test_the_matrix_names_the_category_that_the_overview_names() -> None:
    """Whichever cell is the longest of all: the priority it tells is one of that category."""
    rows = tuple(
        CategoryTime(row.label, 0, row.cells[-1].reading or Reading(None, 0, "minutes"), None, "/tickets")
        for row in _matrix().rows
    )
    said = matrix(_matrix(), METRICS["resolution_time"]).replace("\u00a0", " ")
    assert said == "Technical support takes longest: half within 15.0 h. Most of all at low priority: 16.0 h."
    assert category_times(rows).startswith("Technical support takes longest: ")


def test_another_measure_has_words_of_its_own() -> None:
    """Who waits longest for a first reply is no claim about who takes longest."""
    said = matrix(_matrix(), METRICS["first_reply_business_time"])
    assert said.startswith("Technical support waits longest for a first reply: ")
    assert said.endswith("Only business hours count.")
