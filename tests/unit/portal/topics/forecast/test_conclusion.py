"""What the Forecast page says of holidays and events ahead."""

from datetime import date, timedelta

from portal.topics.forecast import conclusion as says
from portal.topics.forecast.dataset import CountedDay, DayAhead, FourWeeks, NamedEffect, Outlook, ToldAndCame


def effect(name: str, factor: float, seen: int) -> NamedEffect:
    """Return what a day ahead changes."""
    return NamedEffect(name, date(2026, 12, 25), factor, seen)


def test_a_day_that_came_once_is_not_told_of() -> None:
    """However much the forecast guesses of it; the strongest of the others is."""
    effects = [effect("Move", 3.0, 1), effect("Sale", 1.2, 2), effect("Christmas Day", 0.4, 2)]
    assert says.named(effects).startswith("Christmas Day changes most: −60")
    assert says.named(effects[:1]) == "None of these days has come twice yet, so what they change is not known."


def test_an_earlier_forecast_says_when_it_was_made_and_for_which_days() -> None:
    """On a new desk the newest day it was tried on may lie eight weeks back: the sentence gives dates, no age."""
    days = tuple(ToldAndCame(date(2026, 1, 5) + timedelta(days=place), 9.0, 6.0, 12.0, 10) for place in range(28))
    said = says.four_weeks(FourWeeks(date(2026, 1, 4), is_replayed=True, days=days)).replace("\u00a0", " ")
    assert said.startswith("For 5 Jan to 1 Feb, 252 tickets would have been predicted on 4 Jan; 280 came. 28 of 28")
    kept = says.four_weeks(FourWeeks(date(2026, 1, 4), is_replayed=False, days=days))
    assert "252 tickets were predicted on" in kept


def test_weekdays_bring_more_and_fewer_in_words() -> None:
    """A share has no sign where a word says its direction; equal days are said to be equal."""
    said = says.weekdays((1.35, 1.27, 1.2, 1.15, 1.1, 0.61, 0.32)).replace("\u202f", " ")
    assert said == "Mondays bring 35 % more than an average day, Sundays 68 % fewer."
    assert says.weekdays((1.0,) * 7) == "Every weekday brings as many as the others."


def test_a_small_even_desk_has_no_change_of_per_cents_and_no_busiest_day() -> None:
    """Two tickets one week and five the next are no +159 %; among days alike none is the busiest."""
    first = date(2026, 3, 2)
    past = tuple(CountedDay(first - timedelta(days=place), int(place < 3), "/") for place in range(7, 0, -1))
    ahead = tuple(DayAhead(first + timedelta(days=place), 0.7, 0, 0, 0, 1, 1, 2, 3) for place in range(28))
    said = says.outlook(Outlook("All", None, past, ahead, ()))
    assert said == "About 5 tickets in the next seven days. No day of the next four weeks stands out."
