"""Times of the year and odd days as findings."""

from datetime import date

import pytest

from analytics.anomalies import Anomaly
from analytics.calendar_design import Window
from analytics.insights.finding import Claim, Effect
from analytics.insights.volume import KnownOddDays, KnownSeason, odd_day_findings, season_findings
from analytics.named_times import name_of

_SPANS = tuple((date(year, 1, 16), date(year, 2, 15)) for year in range(2024, 2028))
_SEASON = KnownSeason(
    "orders", "01-16..02-15", "", _SPANS, Effect(1.5, 1.3, 1.7, "times"), p_value=1e-6, tickets=500, year_count=2
)


def test_a_season_leads_to_the_latest_time_that_has_ended() -> None:
    """In the middle of a season to the one of the year before; on its last day to itself."""
    for last, year in ((date(2026, 2, 14), 2025), (date(2026, 2, 15), 2026)):
        (found,) = season_findings([_SEASON], {"orders": 0.5}, last, date(2026, 2, 16))
        assert (found.start, found.end) == (date(year, 1, 16), date(year, 2, 16))


@pytest.mark.parametrize(
    ("today", "first", "days"),
    [("2026-01-10", "2026-01-16", 6), ("2026-02-01", "2026-01-16", 0), ("2026-02-16", "2027-01-16", 334)],
)
def test_a_season_says_when_it_comes_next(today: str, first: str, days: int) -> None:
    """From today on, however long ago the data ends; while it is on, that is the one that is on."""
    (found,) = season_findings([_SEASON], {"orders": 0.5}, date(2025, 12, 31), date.fromisoformat(today))
    assert (found.facts["next_first"], found.facts["days_until"]) == (first, days)


def test_a_season_that_has_not_ended_yet_is_not_told() -> None:
    """There is nothing to lead to."""
    assert season_findings([_SEASON], {}, date(2024, 1, 20), date(2024, 1, 21)) == []


def test_a_bulk_day_is_told_as_one_and_is_not_bad_news() -> None:
    """With the tickets of one minute, where that is known."""
    day = date(2025, 12, 29)
    known = KnownOddDays(Anomaly("", day, day, 514, 9.0, 4.0, 15.0, 1e-9, 1e-9), (), is_bulk=True, same_minute=498)
    (found,) = odd_day_findings([known], 9.0)
    assert (found.claim, found.tone, found.facts["same_minute"]) == (Claim.BULK_DAY, "neutral", 498)
    assert found.effect.is_clear


@pytest.mark.parametrize(
    ("first", "last", "countries", "name"),
    [
        ((12, 16), (12, 31), (), "christmas"),
        ((1, 10), (2, 15), ("ZA",), "school_year_start"),
        ((1, 10), (2, 15), ("US",), ""),
        ((8, 12), (9, 10), ("US",), "school_year_start"),
        ((5, 10), (5, 25), ("ZA",), ""),
    ],
)
def test_dates_have_the_name_that_the_country_gives_them(
    first: tuple[int, int], last: tuple[int, int], countries: tuple[str, ...], name: str
) -> None:
    """School years begin at other times in other countries; most dates have no name."""
    assert name_of(Window.between(first, last), countries) == name
