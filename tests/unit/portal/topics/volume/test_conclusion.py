"""The sentences of the Volume page claim no more than their numbers hold."""

import pytest

from portal.topics.volume import conclusion
from tests.factories.volume import make_months_of_years

JANUARY = (90, *([40] * 11))
MARCH = (40, 40, 90, *([40] * 9))
BOTH = (90, 40, 90, *([40] * 9))
NONE = tuple([0] * 12)


@pytest.mark.parametrize(
    ("tickets", "sentence"),
    [
        ({2024: JANUARY, 2025: JANUARY}, "January had the most tickets in each of 2024 and 2025."),
        ({2025: MARCH}, "March had the most tickets of 2025."),
        ({2024: JANUARY, 2025: MARCH}, "The busiest month differs: January in 2024 and March in 2025."),
        ({2025: BOTH}, "January and March had the most tickets of 2025."),
        ({2025: JANUARY, 2026: (900, 800)}, "January had the most tickets of 2025."),
        ({2024: NONE, 2025: MARCH}, "March had the most tickets of 2025."),
        ({2026: (9, 8)}, "There is no whole year of tickets yet, so no season can be seen."),
        ({2025: NONE}, "There is no whole year of tickets yet, so no season can be seen."),
    ],
)
def test_a_month_is_called_the_busiest_of_whole_years_only(tickets: dict[int, tuple[int, ...]], sentence: str) -> None:
    """A year that is cut, or without tickets, says nothing; months that share the first place are both named."""
    assert conclusion.months_of_years(make_months_of_years(tickets)) == sentence
