"""What the Forecast page says of holidays and events ahead."""

from datetime import date

from portal.topics.forecast import conclusion as says
from portal.topics.forecast.dataset import NamedEffect


def effect(name: str, factor: float, seen: int) -> NamedEffect:
    """Return what a day ahead changes."""
    return NamedEffect(name, date(2026, 12, 25), factor, seen)


def test_a_day_that_came_once_is_not_told_of() -> None:
    """However much the forecast guesses of it; the strongest of the others is."""
    effects = [effect("Move", 3.0, 1), effect("Sale", 1.2, 2), effect("Christmas Day", 0.4, 2)]
    assert says.named(effects).startswith("Christmas Day changes most: −60")
    assert says.named(effects[:1]) == "None of these days has come twice yet, so what they change is not known."
