"""The figure of the days ahead."""

from datetime import date, timedelta

from portal.plots.theme import LIGHT
from portal.topics.forecast.dataset import CountedDay, DayAhead, NamedDays, Outlook
from portal.topics.forecast.figure import outlook

FIRST = date(2026, 1, 1)


def _names(*names: str, apart: int = 20) -> list[str]:
    ahead = tuple(DayAhead(FIRST + timedelta(days=day), 9.0, 5, 6, 8, 9, 10, 12, 14) for day in range(90))
    named = tuple(
        NamedDays(name, *(FIRST + timedelta(days=apart * place),) * 2) for place, name in enumerate(names, start=1)
    )
    dataset = Outlook("All", None, (CountedDay(FIRST - timedelta(days=1), 8, "/"),), ahead, named)
    return [each["text"] for each in outlook(dataset, LIGHT)["layout"]["annotations"]]


def test_the_name_of_a_holiday_is_shown_whole_on_two_lines() -> None:
    """Only what two lines do not hold is cut; what a desk has named is text, whatever it says."""
    shown = _names("Martin Luther King Jr. Day", "Good Friday", "<b>", "The long weekend of the great stock taking")
    assert shown[:3] == ["Martin Luther<br>King Jr. Day", "Good Friday", "&lt;b&gt;"]
    assert shown[3].endswith("…")


def test_holidays_close_together_have_their_names_one_above_the_other() -> None:
    """Christmas Day and New Year's Day are a week apart: both are named. The day after either has its line only."""
    assert _names("Christmas Day", "New Year's Day", apart=7)[:2] == ["Christmas Day", "New Year&#x27;s Day"]
    assert len(_names("A", "B", "C", "D", apart=3)) == len(_names("A", "B", "C", apart=3))
    assert len(_names("Christmas Day", "Day of Goodwill", apart=1)) == len(_names("Christmas Day"))
