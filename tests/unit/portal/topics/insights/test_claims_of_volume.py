"""What is said of seasons, bulk days and odd days holds, and advice ends when the season does."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from analytics.insights.finding import Claim, Effect
from portal.numbers.phrasing import Tone
from portal.topics.insights.conclusion import insight
from portal.topics.insights.dataset import InsightRow
from portal.topics.insights.saying import Said


def _said(claim: Claim, facts: Mapping[str, Any], first: date, after: date, ratio: float = 1.5) -> Said:
    effect = Effect(ratio, 0.9 * ratio, 1.1 * ratio, "times")
    names = {"it": "IT support", "orders": "Book order"}
    row = InsightRow("t", claim, facts, names, effect, 514, first, after, Tone.NEUTRAL, after, "/")
    said = insight(row)
    return Said(
        *(text.replace("\u00a0", " ").replace("\u202f", " ") for text in (said.title, said.detail, said.action))
    )


def _season(ratio: float = 1.5, **facts: Any) -> Said:
    known = {"category": "", "name": "", "year_count": 2, "next_first": "2027-05-10", "next_last": "2027-05-25"}
    given = known | {"days_until": 30} | facts
    return _said(Claim.SEASON, given, date(2026, 5, 10), date(2026, 5, 26), ratio)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("", "The time from 10 to 25 May brings 50 % more tickets"),
        ("christmas", "The time from 10 to 25 May, around Christmas, brings 50 % more tickets"),
        ("ramadan", "The time of Ramadan brings 50 % more tickets"),
        ("easter", "The time from a week before Easter to a week after brings 50 % more tickets"),
        ("black_friday", "The time around Black Friday brings 50 % more tickets"),
        ("event:Exams", "The time of “Exams” brings 50 % more tickets"),
    ],
)
def test_a_season_is_told_by_its_dates_or_its_name(name: str, title: str) -> None:
    """Dates without a year, since it comes every year; a name beside them where the calendar has one."""
    assert _season(name=name).title == title


def test_advice_comes_before_a_season_and_ends_with_it() -> None:
    """It speaks of the dates that come next; far off, for fewer tickets, or of dates not known there is none."""
    assert _season().action.startswith("It comes again from 10 to 25 May 2027:")
    assert _season(days_until=0).action.startswith("It is on until 25 May 2027:")
    assert _season(days_until=91).action == ""
    assert _season(ratio=0.7).action == ""
    assert _said(Claim.SEASON, {"category": "", "year_count": 2}, date(2026, 12, 20), date(2027, 1, 6)) == Said(
        "The time from 20 December to 5 January brings 50 % more tickets",
        "35 to 65 % against the same weekdays and trend at other times, seen in 2 years, n 514 tickets.",
    )


@pytest.mark.parametrize(
    ("same_minute", "words"),
    [
        (498, "498 were made in one minute: they look like one bulk entry."),
        (3, "At most 3 were made in one minute, so they may have come one by one."),
        (None, "Their dates have no time of day, so whether they are one bulk entry is not known."),
    ],
)
def test_a_bulk_day_says_only_what_is_known_of_it(same_minute: int | None, words: str) -> None:
    """A desk whose dates have no times does not tell how they came."""
    facts = {"category": "it", "observed": 514, "expected": 9.0, "low": 4.0, "high": 15.0, "changes": []}
    said = _said(Claim.BULK_DAY, facts | {"same_minute": same_minute}, date(2025, 12, 29), date(2025, 12, 30), 57.0)
    assert said.title == "514 IT support tickets were entered on 29 December 2025; a usual such day has 9"
    assert words in said.detail


def test_a_usual_day_without_tickets_has_none() -> None:
    """A category that hardly anybody writes about, by its name within a sentence."""
    facts = {"category": "orders", "observed": 40, "expected": 0.0, "low": 0.0, "high": 1.0, "changes": []}
    said = _said(Claim.BULK_DAY, facts | {"same_minute": None}, date(2025, 5, 1), date(2025, 5, 2), 40.0)
    assert said.title == "40 book order tickets were entered on 1 May 2025; a usual such day has none"
