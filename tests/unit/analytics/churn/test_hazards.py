"""Hazard ratios and pain points against small made-up desks."""

from typing import Any

import numpy as np

from analytics.churn.hazards import LEAST_DEPARTURES, experience_ratios
from analytics.churn.history import LATE, LOW, CustomerHistory
from analytics.churn.pain_points import PainPoint, pain_points, top_pain_points
from tests.factories.churn import day, made_history, ticket


def _desk(seed: int, ratio: float, customers: int = 1500) -> tuple[list[dict[str, Any]], list[float | None]]:
    """Return customers of whom half get a late answer on day 30, after which they leave `ratio` times as often."""
    rng = np.random.default_rng(seed)
    is_late = np.arange(customers) % 2 == 0
    tickets = [ticket(place, 30, is_first_reply_breached=bool(late)) for place, late in enumerate(is_late)]
    tickets.append(ticket(0, 0))
    waits = rng.exponential(1 / (0.001 * np.where(is_late, ratio, 1.0)))
    return tickets, [30.1 + wait if wait < 170 else None for wait in waits.tolist()]


def _point(history: CustomerHistory, slug: str) -> PainPoint:
    return next(each for each in pain_points(history) if each.slug == slug)


def test_a_planted_hazard_is_found_and_none_is_not() -> None:
    """Three times as often: inside the told interval, told, and the top pain point. Equally often: not told."""
    found = pain_points(made_history(*_desk(1, 3.0), end=210))
    late = next(each for each in found if each.slug == LATE)
    assert late.ratio.low <= 3.0 <= late.ratio.high
    assert late.is_supported
    top = top_pain_points(found)
    assert [point.slug for point in top] == [LATE]
    assert 0 < top[0].excess < top[0].departures
    none = pain_points(made_history(*_desk(2, 1.0), end=210))
    assert not any(each.is_supported for each in none)
    assert top_pain_points(none) == []


def test_a_strong_effect_is_found_with_few_departures() -> None:
    """Of 23 who left most did after a late answer, which makes them leave about five times as often: it is told."""
    rng = np.random.default_rng(0)
    is_late = np.arange(400) % 4 == 0
    tickets = [
        ticket(0, 0),
        *(ticket(place, 30, is_first_reply_breached=bool(late)) for place, late in enumerate(is_late)),
    ]
    order = np.concatenate(
        [rng.permutation(np.flatnonzero(is_late))[:14], rng.permutation(np.flatnonzero(~is_late))[:9]]
    )
    left: list[float | None] = [None] * 400
    for place in order.tolist():
        left[place] = float(rng.uniform(31, 200))
    history = made_history(tickets, left, end=210)
    assert history.churn_count == 23
    late = _point(history, LATE)
    assert late.is_supported
    assert late.ratio.low > 1
    assert late.ratio.low < 5 < late.ratio.high


def test_a_low_rating_is_not_blamed_for_the_late_answer_that_brought_it() -> None:
    """Late answers make customers leave and rate low; the low rating itself does nothing, and is not told."""
    rng = np.random.default_rng(6)
    count = 3000
    is_late = rng.random(count) < 0.4
    is_low = rng.random(count) < np.where(is_late, 0.7, 0.1)
    tickets = [
        ticket(place, 30, is_first_reply_breached=bool(late), rating=1.0 if low else 5.0, rated_at=day(30.05))
        for place, (late, low) in enumerate(zip(is_late, is_low, strict=True))
    ]
    waits = rng.exponential(1 / (0.0008 * np.where(is_late, 4.0, 1.0)))
    left = [30.1 + wait if wait < 170 else None for wait in waits.tolist()]
    history = made_history([*tickets, ticket(0, 0)], left, end=210)
    assert _point(history, LATE).is_supported
    assert not _point(history, LOW).is_supported


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
    late = _point(history, LATE)
    assert late.ratio.low <= 1.0 <= late.ratio.high
    crude = _crude_ratio(is_late, np.array([each is not None for each in left]))
    assert crude > 1.5


def _crude_ratio(exposed: "np.ndarray[Any, Any]", left: "np.ndarray[Any, Any]") -> float:
    return float(left[exposed].mean() / left[~exposed].mean())


def test_hardly_any_departures_say_nothing() -> None:
    """Below ten there are no ratios."""
    tickets, _ = _desk(1, 3.0, customers=40)
    left = [40.0 + place if place < LEAST_DEPARTURES - 1 else None for place in range(40)]
    assert experience_ratios(made_history(tickets, left, end=210)) == []


def test_categories_have_a_correction_of_their_own() -> None:
    """Twelve categories that mean nothing do not hide an experience that means much."""
    tickets, left = _desk(3, 3.0)
    named = [{**each, "category": f"kind_{place % 12}"} for place, each in enumerate(tickets)]
    found = pain_points(made_history(named, left, end=210))
    assert {each.slug for each in found if each.is_supported and each.ratio.low > 1} == {LATE}
