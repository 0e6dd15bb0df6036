"""What the Forecast page says of holidays and events ahead."""

from datetime import date, timedelta

from portal.topics.forecast import conclusion as says
from portal.topics.forecast.dataset import FourWeeks, NamedEffect, ToldAndCame


def effect(name: str, factor: float, seen: int) -> NamedEffect:
    """Return what a day ahead changes."""
    return NamedEffect(name, date(2026, 12, 25), factor, seen)


def test_a_day_that_came_once_is_not_told_of() -> None:
    """However much the forecast guesses of it; the strongest of the others is."""
    effects = [effect("Move", 3.0, 1), effect("Sale", 1.2, 2), effect("Christmas Day", 0.4, 2)]
    assert says.named(effects).startswith("Christmas Day changes most: −60")
    assert says.named(effects[:1]) == "None of these days has come twice yet, so what they change is not known."


def test_an_earlier_forecast_is_as_old_as_it_is() -> None:
    """On a new desk the newest day it was tried on may lie eight weeks back: the sentence does not call it four."""
    days = tuple(ToldAndCame(date(2026, 1, 5) + timedelta(days=place), 9.0, 6.0, 12.0, 10) for place in range(28))
    dataset = FourWeeks(date(2026, 1, 4), is_replayed=True, days=days, last=date(2026, 3, 1))
    assert says.four_weeks(dataset).startswith("252 tickets would have been predicted eight weeks before, 280 came.")
    recent = FourWeeks(date(2026, 1, 4), is_replayed=False, days=days, last=date(2026, 2, 1))
    assert says.four_weeks(recent).startswith("252 tickets were predicted four weeks before, 280 came.")
