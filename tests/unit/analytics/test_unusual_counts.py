"""One rule for what is unusual: as SciPy's distribution has it, and quiet where a season explains it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analytics.unusual_counts import Unusual, judged, unusual_week, usual_range

_USUAL = (1.0,) * 8


@given(
    mean=st.floats(0.01, 5_000), dispersion=st.floats(1.0, 60.0), chance=st.sampled_from([0.0003, 0.0027, 0.03, 0.2])
)
def test_the_usual_range_is_that_of_the_negative_binomial(mean: float, dispersion: float, chance: float) -> None:
    """Beyond either end lies at most half of the chance, and one count nearer would lie more."""
    variance = mean * dispersion
    low, high = usual_range(mean, variance, chance)
    size = mean**2 / max(variance - mean, 1e-9 * mean + 1e-12)
    counts, half, slack = stats.nbinom(size, size / (size + mean)), chance / 2, 1e-6
    assert counts.cdf(low) >= half - slack
    assert counts.cdf(low - 1) < half + slack
    assert counts.sf(high) <= half + slack
    assert counts.sf(high - 1) > half - slack


@pytest.mark.parametrize(
    ("observed", "mean", "ends", "expected"),
    [
        (30, 12.0, (4, 22), Unusual.MORE),
        (22, 12.0, (4, 22), None),
        (3, 12.0, (4, 22), Unusual.FEWER),
        (4, 0.5, (0, 3), None),
        (0, 7.0, (1, 15), None),
    ],
    ids=["more", "the end is usual", "fewer", "too small to be spoken of", "so few that none is no news"],
)
def test_a_count_is_unusual_beyond_the_ends(
    observed: int, mean: float, ends: tuple[int, int], expected: Unusual | None
) -> None:
    assert judged(observed, mean, ends) is expected


@pytest.mark.parametrize(
    ("last", "expected"), [(150, Unusual.MORE), (100, None), (60, Unusual.FEWER)], ids=["more", "as usual", "fewer"]
)
def test_a_week_is_held_against_the_seven_before(last: int, expected: Unusual | None) -> None:
    found = unusual_week((last, 98, 104, 99, 101, 97, 103, 98), _USUAL)
    assert (found.direction if found else None) is expected


def test_a_week_that_its_season_explains_is_not_unusual() -> None:
    """Half as many more in a time that brings half as many more; a week beyond that is still unusual."""
    past = (98, 104, 99, 101, 97, 103, 98)
    lifts = (1.5, *(1.0,) * 7)
    assert unusual_week((150, *past), _USUAL) is not None
    assert unusual_week((150, *past), lifts) is None
    found = unusual_week((230, *past), lifts)
    assert found is not None
    assert (found.direction, found.observed, found.usual) == (Unusual.MORE, 230, 100.0)


@pytest.mark.parametrize("past", [(3, 2, 4, 3, 2, 3, 4), (98, 0, 99, 101, 97, 103, 98)], ids=["few", "a gap"])
def test_weeks_that_tell_nothing_judge_nothing(past: tuple[int, ...]) -> None:
    """Under twenty tickets a week, or a week without any, which is a gap in the data."""
    assert unusual_week((500, *past), _USUAL) is None
