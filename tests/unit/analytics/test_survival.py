"""The Kaplan-Meier median agrees with published examples and, with nothing open, with the ordinary median."""

from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.histograms import bucket_value
from analytics.survival import SurvivalMedian, survival_curve, survival_median
from tests.reference.buckets import bucket_of

# Weeks in remission of 42 leukaemia patients: Freireich et al. (1963), as printed in most textbooks on the subject.
TREATED_CLOSED = (6, 6, 6, 7, 10, 13, 16, 22, 23)
TREATED_OPEN = (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
PLACEBO = (1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23)
TREATED = (*((weeks, True, 1) for weeks in TREATED_CLOSED), *((weeks, False, 1) for weeks in TREATED_OPEN))


def test_the_published_curve_is_reproduced() -> None:
    survival = {step.duration: round(step.survival, 4) for step in survival_curve(TREATED)}
    expected = {6: 0.8571, 7: 0.8067, 10: 0.7529, 13: 0.6902, 16: 0.6275, 22: 0.5378, 23: 0.4482}
    assert survival == expected


def test_the_published_pointwise_interval_is_reproduced() -> None:
    """At 10 weeks Greenwood's standard error is 0.0963; the log-log interval follows from it."""
    step = next(step for step in survival_curve(TREATED) if step.duration == 10)
    assert step.lower == pytest.approx(0.5032, abs=5e-4)
    assert step.upper == pytest.approx(0.8894, abs=5e-4)


def test_the_published_medians_and_intervals_are_reproduced() -> None:
    assert survival_median(TREATED) == SurvivalMedian(23, 13, None, count=21, closed_count=9)
    assert survival_median((weeks, True, 1) for weeks in PLACEBO) == SurvivalMedian(8, 4, 11, 21, 21)


def test_there_is_no_median_while_the_curve_stays_above_one_half() -> None:
    found = survival_median([(5, True, 4), (9, False, 6)])
    assert found.median is None
    assert found.upper is None


def test_there_is_no_median_of_nothing() -> None:
    assert survival_median([]) == SurvivalMedian(None, None, None, 0, 0)


def test_a_ticket_open_for_as_long_as_another_took_is_still_at_risk_then() -> None:
    (step,) = survival_curve([(3, True, 1), (3, False, 1)])
    assert (step.at_risk, step.survival) == (2, 0.5)


def test_the_median_is_where_an_endless_half_begins() -> None:
    assert survival_median([(3, True, 2), (9, False, 2)]).median == 3


@given(st.lists(st.integers(0, 400), min_size=1, max_size=60))
def test_with_everything_closed_it_is_the_ordinary_median(days: list[int]) -> None:
    assert survival_median((day, True, 1) for day in days).median == pytest.approx(median(days))


@given(st.lists(st.tuples(st.integers(0, 400), st.booleans(), st.integers(1, 9)), min_size=1, max_size=40))
def test_the_curve_only_falls_and_lies_within_its_interval(counts: list[tuple[float, bool, int]]) -> None:
    curve = survival_curve(counts)
    heights = [1.0, *(step.survival for step in curve)]
    assert heights == sorted(heights, reverse=True)
    for step in curve:
        if step.lower is not None and step.upper is not None:
            assert 0 <= step.lower <= step.survival <= step.upper <= 1


@given(st.lists(st.tuples(st.integers(1, 10**7), st.booleans()), min_size=1, max_size=60))
def test_the_median_from_histograms_is_within_two_percent(tickets: list[tuple[int, bool]]) -> None:
    """Tickets of one bucket are alike, so the exact answer is taken over durations of the same resolution."""
    counts = [(bucket_value(bucket_of(seconds)), is_closed, 1) for seconds, is_closed in tickets]
    found = survival_median(counts).median
    distinct = len({bucket_of(seconds) for seconds, _ in tickets}) == len(tickets)
    exact = survival_median((seconds, is_closed, 1) for seconds, is_closed in tickets).median
    if distinct:
        assert found == pytest.approx(exact, rel=0.02 + 1e-9) if exact is not None else found is None


def test_whole_days_are_exact() -> None:
    assert survival_median([(3.0, True, 2), (8.0, True, 1), (9.0, False, 1)]).median == 5.5
