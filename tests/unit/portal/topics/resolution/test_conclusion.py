"""What the charts of reply and resolution times say."""

from dataclasses import replace

from portal.topics.resolution.conclusion import percentiles
from portal.topics.resolution.dataset import DurationTrend
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
