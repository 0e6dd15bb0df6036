"""Whatever stands in an address, the Forecast page knows what to show."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.topics.forecast.address import ForecastChoice, read_choice
from portal.topics.forecast.cards import days_changed, what_if_block
from portal.topics.forecast.dataset import DayAhead


def test_an_address_is_read_and_written() -> None:
    """The same choice comes back."""
    choice = ForecastChoice("category=book_order", 20, date(2026, 3, 2), date(2026, 3, 15))
    assert read_choice(choice.href(choice.series_key).partition("?")[2]) == choice
    assert ForecastChoice().href("total") == "/forecast"


@given(st.text(max_size=300))
def test_anything_can_be_read(search: str) -> None:
    """What cannot be used is left out."""
    choice = read_choice(search)
    assert -100 <= choice.add_percent <= 500
    assert "\x00" not in choice.series_key


@pytest.mark.parametrize(
    ("search", "said"),
    [
        ("add=20&add_from=2026-03-15&add_to=2026-03-02", "“From” is 15 Mar 2026, after “To”, which is 2 Mar 2026"),
        ("add=20&add_from=2026-02-30", "“From” is “2026-02-30”, which is no date"),
        ("add=9000", "“Change, %” is “9000”: name a whole number from -100 to 500."),
        ("add=much", "“Change, %” is “much”"),
    ],
)
def test_what_cannot_be_used_names_its_field(search: str, said: str) -> None:
    """Nothing that was typed is dropped in silence."""
    choice = read_choice(search)
    assert choice.add_percent == 0
    assert choice.problem.replace("\u00a0", " ").startswith(said)
    ahead = (DayAhead(date(2026, 3, 1), *[5.0] * 8),)
    assert choice.problem in [each["props"]["content"] for each in what_if_block(choice, ahead, ())]


def test_days_that_are_not_ahead_are_said_to_change_nothing() -> None:
    """A change of last year would look like a change of nothing."""
    ahead = (DayAhead(date(2026, 3, 1), *[5.0] * 8),)
    choice = read_choice("add=20&add_from=2025-01-01&add_to=2025-02-01")
    assert "Nothing changes" in str(what_if_block(choice, ahead, days_changed(choice, ahead)))


def test_the_readers_filters_go_on_to_another_series() -> None:
    """The page takes no filters, and the next one does."""
    choice = replace(ForecastChoice(), carried={"own": "period=all"})
    assert choice.href("channel=email") == "/forecast?series=channel%3Demail&own=period%3Dall"
