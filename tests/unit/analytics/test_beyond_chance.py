"""Differences between two periods are told from chance."""

import numpy as np
import pytest

from analytics import beyond_chance
from analytics.beyond_chance import Counts, Stretches

_TRIALS = 400
_MOST_FALSE = 0.075
"""5 % and three standard errors of 400 trials, for a test that keeps its level; most say less."""
_LEAST_FOUND = 0.9
_WEEKS = 13


def _alarms(p_values: list[float]) -> float:
    return sum(each <= 0.05 for each in p_values) / len(p_values)


def _weeks_of_shares(rng: np.random.Generator, share: float, weeks: int = _WEEKS, size: float = 80.0) -> Stretches:
    """Return weeks whose tickets are alike: each has a share of its own."""
    sizes = rng.poisson(size, weeks)
    shares = np.clip(rng.normal(share, 0.06, weeks), 0.01, 0.99)
    return Stretches(rng.binomial(sizes, shares).astype(float), sizes.astype(float))


def _weeks_of_durations(rng: np.random.Generator, times: float, weeks: int = _WEEKS, slow: float = 0.5) -> Counts:
    """Return histograms of durations with two peaks; each week is slower or quicker than others by a fifth."""
    counts = np.zeros((weeks, 120), dtype=np.int64)
    for week in range(weeks):
        n = rng.poisson(80)
        hours = np.where(rng.random(n) >= slow, rng.lognormal(0.0, 0.8, n), rng.lognormal(3.2, 0.4, n))
        logs = np.log(hours * times * rng.lognormal(0.0, 0.2)) + 4
        counts[week] = np.bincount(np.clip(logs * 12, 0, 119).astype(int), minlength=120)
    return counts


def _days(rng: np.random.Generator, mean: float, days: int) -> np.ndarray:
    """Return counts of days that vary more than by chance, with quiet Sundays."""
    level = np.where(np.arange(days) % 7 == 6, 0.4, 1.0) * mean
    return rng.poisson(level * rng.gamma(8.0, 1 / 8, days)).astype(float)


class TestWithoutAnyChange:
    """Where nothing has changed, at most about one in twenty differences is said to be more than chance."""

    def test_of_shares(self) -> None:
        """Shares of weeks whose tickets are alike."""
        rng = np.random.default_rng(1)
        found = [
            beyond_chance.of_shares(_weeks_of_shares(rng, 0.8), _weeks_of_shares(rng, 0.8)) for _ in range(_TRIALS)
        ]
        assert _alarms(found) <= _MOST_FALSE

    def test_of_shares_of_few_weeks(self) -> None:
        """Also with four weeks against four."""
        rng = np.random.default_rng(2)
        found = [
            beyond_chance.of_shares(_weeks_of_shares(rng, 0.8, 4), _weeks_of_shares(rng, 0.8, 4))
            for _ in range(_TRIALS)
        ]
        assert _alarms(found) <= _MOST_FALSE

    def test_of_means(self) -> None:
        """Means of ratings, some weeks with hardly any."""
        rng = np.random.default_rng(3)

        def period() -> Stretches:
            sizes = rng.poisson(6, _WEEKS)
            return Stretches(
                np.array([rng.integers(1, 6, size).sum() for size in sizes], dtype=float), sizes.astype(float)
            )

        assert _alarms([beyond_chance.of_means(period(), period()) for _ in range(_TRIALS)]) <= _MOST_FALSE

    @pytest.mark.parametrize("share", [0.5, 0.9])
    def test_of_quantiles(self, share: float) -> None:
        """Medians and 90th percentiles of durations with two peaks."""
        rng = np.random.default_rng(4)
        found = [
            beyond_chance.of_quantiles(_weeks_of_durations(rng, 1.0), _weeks_of_durations(rng, 1.0), share)
            for _ in range(200)
        ]
        assert _alarms(found) <= 0.1  # 5 % and three standard errors of 200 trials

    @pytest.mark.parametrize("days", [7, 14, 28, 90])
    def test_of_counts(self, days: int) -> None:
        """Counts that vary more than by chance alone, of a week and of a quarter."""
        rng = np.random.default_rng(5)
        found = [beyond_chance.of_counts(_days(rng, 12, days), _days(rng, 12, days), (0, 0)) for _ in range(_TRIALS)]
        assert _alarms(found) <= _MOST_FALSE

    @pytest.mark.parametrize("steps", [5, 13, 52])
    def test_of_levels(self, steps: int) -> None:
        """A level that wanders, and one that comes back to where it was."""
        rng = np.random.default_rng(6)
        wandering = [beyond_chance.of_levels(np.cumsum(rng.normal(0, 4, steps + 1))) for _ in range(_TRIALS)]
        steady = [beyond_chance.of_levels(rng.poisson(80, steps + 1).astype(float)) for _ in range(_TRIALS)]
        assert _alarms(wandering) <= _MOST_FALSE
        assert _alarms(steady) <= _MOST_FALSE

    def test_of_many_at_once(self) -> None:
        """Of ten rows shown together none is said to differ in nineteen of twenty tables."""
        rng = np.random.default_rng(7)
        tables = [beyond_chance.beyond_chance(list(rng.random(10))) for _ in range(_TRIALS)]
        assert sum(any(table) for table in tables) / _TRIALS <= _MOST_FALSE


class TestAPlantedChange:
    """A change that is there is found."""

    def test_of_shares(self) -> None:
        """A share that fell from 80 to 68 %."""
        rng = np.random.default_rng(11)
        found = [beyond_chance.of_shares(_weeks_of_shares(rng, 0.68), _weeks_of_shares(rng, 0.8)) for _ in range(100)]
        assert _alarms(found) >= _LEAST_FOUND

    def test_of_the_median(self) -> None:
        """More of the tickets are slow ones: with two peaks that is what moves a median."""
        rng = np.random.default_rng(12)
        found = [
            beyond_chance.of_quantiles(_weeks_of_durations(rng, 1.0, slow=0.65), _weeks_of_durations(rng, 1.0), 0.5)
            for _ in range(40)
        ]
        assert _alarms(found) >= _LEAST_FOUND

    def test_of_the_slowest_tenth(self) -> None:
        """Durations that doubled."""
        rng = np.random.default_rng(15)
        found = [
            beyond_chance.of_quantiles(_weeks_of_durations(rng, 2.0), _weeks_of_durations(rng, 1.0), 0.9)
            for _ in range(40)
        ]
        assert _alarms(found) >= _LEAST_FOUND

    @pytest.mark.parametrize(("days", "times"), [(7, 2.8), (28, 1.8), (90, 1.4)])
    def test_of_counts(self, days: int, times: float) -> None:
        """More tickets a day."""
        rng = np.random.default_rng(13)
        found = [beyond_chance.of_counts(_days(rng, 20 * times, days), _days(rng, 20, days), (0, 0)) for _ in range(60)]
        assert _alarms(found) >= _LEAST_FOUND

    def test_of_levels(self) -> None:
        """A level that doubled within one week, and one that rose week by week."""
        rng = np.random.default_rng(14)
        at_once = [
            beyond_chance.of_levels(np.concatenate([rng.normal(80, 3, 7), rng.normal(160, 3, 7)])) for _ in range(60)
        ]
        slowly = [beyond_chance.of_levels(np.cumsum(rng.normal(6, 3, 14))) for _ in range(60)]
        assert _alarms(at_once) >= _LEAST_FOUND
        assert _alarms(slowly) >= _LEAST_FOUND


class TestTooLittle:
    """What is too little to tell is never said to differ."""

    def test_few_tickets(self) -> None:
        """Nine tickets of which all were late, against none of nine."""
        late, none = Stretches(np.full(9, 1.0), np.ones(9)), Stretches(np.zeros(9), np.ones(9))
        assert beyond_chance.of_shares(late, none) == 1.0

    def test_one_day_against_another(self) -> None:
        """How much days differ cannot be told from one."""
        assert beyond_chance.of_counts(np.array([40.0]), np.array([10.0]), (0, 6)) == 1.0

    def test_nothing_at_all(self) -> None:
        """Periods without anything."""
        nothing = np.zeros((13, 20), dtype=np.int64)
        assert beyond_chance.of_quantiles(nothing, nothing, 0.5) == 1.0
        assert beyond_chance.of_counts(np.zeros(28), np.zeros(28), (0, 0)) == 1.0
        assert beyond_chance.of_counts(np.zeros(7), np.zeros(7), (0, 0)) == 1.0
        assert beyond_chance.of_levels(np.zeros(14)) == 1.0
