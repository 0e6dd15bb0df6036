"""A surge is told where more tickets come than was to be expected, and seldom anywhere else."""

from datetime import date

import numpy as np
import pytest

from analytics.calendar_design import Days, days_from
from analytics.quasi_poisson import Floats
from analytics.surges import ALL, FALSE_ALARMS, Kind, find_surges

FIRST = date(2025, 1, 6)
DAYS = days_from(FIRST, 420)
RETURNS, ORDERS, EMAIL, CHAT = (
    Kind("category", "returns"), Kind("category", "orders"), Kind("channel", "email"), Kind("channel", "chat"),
)  # fmt: skip


def desk(seed: int, days: int = 0, times: float = 2.0, rates: tuple[float, float] = (3.0, 8.0)) -> dict[Kind, Floats]:
    """Return a desk whose returns have so many times as many tickets on its last days."""
    rng = np.random.default_rng(seed)
    week = np.array([1.3, 1.2, 1.1, 1.1, 1.0, 0.7, 0.6])[np.arange(DAYS.size) % 7]
    more = np.where(np.arange(DAYS.size) >= DAYS.size - days, times, 1.0)
    returns, orders = (
        rng.poisson(rate * week * rng.gamma(20, 1 / 20, DAYS.size) * lift).astype(np.float64)
        for rate, lift in zip(rates, (more, np.ones(DAYS.size)), strict=True)
    )
    total = returns + orders
    email = rng.binomial(total.astype(np.int64), 0.6).astype(np.float64)
    return {ALL: total, RETURNS: returns, ORDERS: orders, EMAIL: email, CHAT: total - email}


@pytest.mark.parametrize("seed", range(4))
def test_a_category_that_doubled_is_told_with_its_first_day_and_what_was_expected(seed: int) -> None:
    """Once: not of all tickets again, nor of the channels."""
    series = desk(seed, days=14)
    (found,) = find_surges(DAYS, series, ())
    assert found.kind == RETURNS
    assert abs((DAYS[-14].item() - found.first).days) <= 10
    assert found.last == DAYS[-1].item()
    length = (found.last - found.first).days + 1
    assert found.observed == series[RETURNS][-length:].sum()
    assert found.low < 3 * length < found.high < found.observed
    assert found.expected == pytest.approx(3 * length, rel=0.25)
    assert found.usual == found.expected
    assert not found.is_seasonal
    assert found.q_value <= FALSE_ALARMS


def test_a_week_of_three_times_as_many_is_told() -> None:
    (found,) = find_surges(DAYS, desk(5, days=6, times=3.0), ())
    assert found.kind == RETURNS
    assert (found.last - found.first).days < 9


def test_a_rise_of_all_kinds_is_told_of_all_tickets() -> None:
    """What no category brought alone is told of the whole."""
    series = desk(7, rates=(8.0, 8.0))
    rng = np.random.default_rng(7)
    parts = {Kind("category", str(place)): rng.binomial(series[ALL].astype(np.int64), 0.05) for place in range(20)}
    series = {ALL: series[ALL], **{kind: counts.astype(np.float64) for kind, counts in parts.items()}}
    for counts in series.values():
        counts[-14:] = np.round(2 * counts[-14:])
    assert ALL in {surge.kind for surge in find_surges(DAYS, series, ())}


def test_a_desk_as_ever_has_no_surge() -> None:
    """Of twelve such desks hardly one: the budget is one in twenty."""
    told = [bool(find_surges(DAYS, desk(seed), ())) for seed in range(100, 112)]
    assert sum(told) <= 2


def test_fewer_tickets_are_no_surge() -> None:
    assert find_surges(DAYS, desk(3, days=14, times=0.2), ()) == ()


def test_what_the_time_of_the_year_brings_is_told_as_that() -> None:
    """Returns double in the last three weeks of each year: the third time they do it is known, and told as a season."""
    days = days_from(date(2024, 1, 1), 365 * 2 + 352)
    rng = np.random.default_rng(5)
    of_year = (days - days.astype("datetime64[Y]")).astype(np.int64)
    lift = np.where(of_year >= 335, 2.2, 1.0)
    returns = rng.poisson(4 * lift).astype(np.float64)
    orders = rng.poisson(np.full(days.size, 9.0)).astype(np.float64)
    series = {ALL: returns + orders, RETURNS: returns, ORDERS: orders}
    (found,) = find_surges(days, series, (), {RETURNS: lift > 1})
    assert found.kind == RETURNS
    assert found.is_seasonal
    assert found.usual < 0.7 * found.expected
    assert found.observed > found.usual
    unknown = find_surges(days, series, ())
    assert not any(surge.is_seasonal for surge in unknown), "no season is known, so none is named"


@pytest.mark.parametrize(
    ("days", "series"),
    [
        (days_from(FIRST, 100), {ALL: np.full(100, 9.0)}),
        (DAYS, {ALL: np.zeros(DAYS.size)}),
        (DAYS, {ALL: np.where(np.arange(DAYS.size) == DAYS.size - 1, 4.0, 0.0)}),
        (DAYS, {ALL: np.full(DAYS.size, 7.0)}),
    ],
    ids=["short", "nothing", "hardly anything", "the same every day"],
)
def test_where_nothing_can_be_expected_nothing_is_told(days: Days, series: dict[Kind, Floats]) -> None:
    assert find_surges(days, series, ()) == ()
