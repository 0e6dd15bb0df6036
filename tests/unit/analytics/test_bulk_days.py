"""Bulk days: days with far more tickets than any model of days explains, and no others."""

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from analytics.bulk_days import bulk_days, is_bulk, without_bulk
from analytics.calendar_design import days_from, weekday_of
from analytics.quasi_poisson import Floats

DAYS = days_from(date(2015, 1, 1), 731)
_WEEKLY = np.array([1.2, 1.1, 1.1, 1.0, 1.0, 0.5, 0.1])


def _counts(seed: int, level: float, spread: float = 0.0) -> Floats:
    rng = np.random.default_rng(seed)
    mean = level * _WEEKLY[weekday_of(DAYS)] * np.exp(rng.normal(0, spread, DAYS.size))
    return rng.poisson(mean).astype(np.float64)


@pytest.mark.parametrize("level", [0.2, 9.0, 60.0])
def test_a_bulk_day_is_found_with_what_is_usual(level: float) -> None:
    """Whatever the size of the desk, and on a quiet Sunday too."""
    counts = _counts(1, level)
    places = [362, 367]
    counts[places] += 60 * max(level, 8.0)
    found = bulk_days(counts)
    assert [day.place for day in found] == places
    assert all(day.low <= day.usual <= day.high for day in found)
    assert all(day.p_value < 1e-6 for day in found)
    assert bulk_days(without_bulk(counts, found)) == ()
    assert np.flatnonzero(is_bulk(counts.size, found)).tolist() == places


@pytest.mark.parametrize(
    "made",
    [
        lambda seed: _counts(seed, 3.0),
        lambda seed: _counts(seed, 40.0),
        lambda seed: _counts(seed, 40.0, spread=0.4),
        lambda seed: np.where(weekday_of(DAYS) == 0, 80.0, 0.0) + _counts(seed, 1.0),
    ],
    ids=["small", "large", "uneven", "entered on Mondays"],
)
def test_a_desk_without_bulk_entry_has_no_bulk_day(made: Callable[[int], Floats]) -> None:
    """Not by chance, and not where all tickets of a week are entered on its Monday."""
    assert [bulk_days(made(seed)) for seed in range(10)] == [()] * 10


def test_an_outbreak_of_a_fortnight_is_no_row_of_bulk_days() -> None:
    """Many days alike are told as odd days, each beside the others."""
    counts = _counts(3, 20.0)
    counts[300:314] *= 8
    assert bulk_days(counts) == ()


@pytest.mark.parametrize("counts", [[], [5.0], [500.0] * 13, [0.0] * 90], ids=["none", "one", "few", "noughts"])
def test_too_little_shows_no_bulk_day(counts: list[float]) -> None:
    """A fortnight is the least."""
    assert bulk_days(np.array(counts)) == ()
