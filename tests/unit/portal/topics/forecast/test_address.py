"""Whatever stands in an address, the Forecast page knows what to show."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from portal.topics.forecast.address import ForecastChoice, read_choice


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
