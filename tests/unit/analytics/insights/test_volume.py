"""Times of the year and odd days as findings."""

from datetime import date

from analytics.calendar_design import Window
from analytics.insights.volume import latest


def test_the_latest_time_of_a_window_is_one_that_has_ended() -> None:
    """In the middle of February the latest January and February are those of the year before."""
    window = Window(0, 4)
    assert latest(window, date(2026, 2, 14)) == (date(2025, 1, 1), date(2025, 3, 1))
    assert latest(window, date(2026, 2, 28)) == (date(2026, 1, 1), date(2026, 3, 1))
    assert latest(Window(23, 2), date(2026, 6, 1)) == (date(2025, 12, 16), date(2026, 1, 16))
