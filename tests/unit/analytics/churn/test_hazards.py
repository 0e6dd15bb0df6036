"""Hazard ratios and pain points against closed forms and small made-up desks."""

from math import erfc, exp, log, sqrt
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analytics.churn.hazards import hazard_ratios, profile_ratio
from analytics.churn.history import LATE
from analytics.churn.pain_points import pain_points, top_pain_points
from analytics.churn.report import told_hazards
from tests.factories.churn import made_history, ticket


def _table(departures: list[float], days: list[float]) -> pd.DataFrame:
    return pd.DataFrame({"departures": departures, "days": days})


def test_a_ratio_of_two_rates_is_the_closed_form() -> None:
    """30 in 1,000 days against 60 in 4,000 is 2; the interval is near exp(ln 2 ± 1.96 √(1/30 + 1/60))."""
    found = profile_ratio(_table([20, 40, 30], [2000, 2000, 1000]), np.array([0.0, 0.0, 1.0]), np.ones((3, 1)))
    spread = 1.96 * sqrt(1 / 30 + 1 / 60)
    assert found.value == pytest.approx(2.0, rel=1e-4)
    assert found.low == pytest.approx(exp(log(2) - spread), rel=0.03)
    assert found.high == pytest.approx(exp(log(2) + spread), rel=0.03)
    deviance = 2 * (60 * log(60 / 72) + 30 * log(30 / 18))
    assert found.p_value == pytest.approx(_upper_tail(deviance), rel=1e-3)


def _upper_tail(deviance: float) -> float:

    return erfc(sqrt(deviance / 2))


def test_no_departure_at_all_leaves_the_upper_end_known() -> None:
    """Nought of 500 days is a ratio of nought whose interval reaches up to something finite."""
    found = profile_ratio(_table([20, 40, 0], [2000, 2000, 500]), np.array([0.0, 0.0, 1.0]), np.ones((3, 1)))
    assert found.value < 0.01
    assert found.low == 0.0
    assert 0.1 < found.high < 1.0


def _desk(seed: int, ratio: float, customers: int = 1500) -> tuple[list[dict[str, Any]], list[float | None]]:
    """Return customers of whom half get a late answer on day 30, after which they leave `ratio` times as often."""
    rng = np.random.default_rng(seed)
    is_late = np.arange(customers) % 2 == 0
    tickets = [ticket(place, 30, is_first_reply_breached=bool(late)) for place, late in enumerate(is_late)]
    tickets.append(ticket(0, 0))
    waits = rng.exponential(1 / (0.001 * np.where(is_late, ratio, 1.0)))
    return tickets, [30.1 + wait if wait < 170 else None for wait in waits.tolist()]


def test_a_planted_hazard_is_found_and_none_is_not() -> None:
    """Three times as often: inside the told interval, told, and the top pain point. Equally often: not told."""
    history = made_history(*_desk(1, 3.0), end=210)
    (told,) = told_hazards(history)
    assert told.hazard.driver == LATE
    assert told.ratio.low <= 3.0 <= told.ratio.high
    assert told.is_supported
    top = top_pain_points(pain_points(history))
    assert [point.slug for point in top] == [LATE]
    assert 0 < top[0].excess < top[0].departures
    none = made_history(*_desk(2, 1.0), end=210)
    assert [each.is_supported for each in told_hazards(none)] == [False]
    assert top_pain_points(pain_points(none)) == []


def test_pain_points_compare_like_with_like() -> None:
    """Where one type leaves often and is often late, and the other neither, lateness is not blamed for the type."""
    rng = np.random.default_rng(5)
    count = 3000
    types = np.where(np.arange(count) % 2 == 0, "student", "school")
    is_late = rng.random(count) < np.where(types == "student", 0.8, 0.2)
    waits = rng.exponential(1 / np.where(types == "student", 0.004, 0.0005))
    tickets = [ticket(place, 30, is_first_reply_breached=bool(late)) for place, late in enumerate(is_late)]
    left = [30.1 + wait if wait < 170 else None for wait in waits.tolist()]
    history = made_history([*tickets, ticket(0, 0)], left, end=210, types=types.tolist())
    late = next(point for point in pain_points(history) if point.slug == LATE)
    assert late.ratio.low <= 1.0 <= late.ratio.high
    crude = _crude_ratio(is_late, np.array([each is not None for each in left]))
    assert crude > 1.5


def _crude_ratio(exposed: "np.ndarray[Any, Any]", left: "np.ndarray[Any, Any]") -> float:
    return float(left[exposed].mean() / left[~exposed].mean())


def test_few_departures_say_nothing() -> None:
    """Below twenty there are no ratios."""
    tickets, left = _desk(1, 3.0, customers=40)
    assert hazard_ratios(made_history(tickets, left, end=210)) == []
