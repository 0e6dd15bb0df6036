"""The sentences of the Volume page claim no more than their numbers hold."""

from dataclasses import replace

import pytest

from portal.topics.volume import conclusion
from tests.factories.overview import make_arrivals, make_tickets_over_time
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


def test_no_hour_is_called_the_busiest_of_a_handful_of_tickets() -> None:
    """Of some ninety tickets in a quarter another hour is as likely to be the busiest next time."""
    assert conclusion.arrivals(make_arrivals(0.4)) == "Too few tickets to say which hours of the week are busiest."
    assert "are busiest" in conclusion.arrivals(make_arrivals())


def test_a_day_that_is_not_over_is_told_and_not_compared_as_if_it_were() -> None:
    """The comparison leaves the last day out on both sides; the sentence ends with what has come so far."""
    over = make_tickets_over_time(10)
    last = replace(over.current.points[-1], is_running=True)
    current = replace(over.current, points=(*over.current.points[:-1], last))
    running = replace(over, current=current, busiest=None, tickets=60, tickets_before=80, up_to_yesterday=(50, 40))
    said = conclusion.tickets_over_time(running, "the 10 days before")
    assert "60 tickets; up to the day before 25\u202f% more than by then in the 10 days before (40)." in said
    assert said.endswith("Jan so far: " + f"{last.reading.value:.0f}.")
    assert "so far" not in conclusion.tickets_over_time(over, "the 10 days before")
