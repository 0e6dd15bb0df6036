"""What the insights say in words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from analytics.insights.finding import Claim, Effect, Missing
from portal.numbers.phrasing import Tone
from portal.topics.insights import conclusion
from portal.topics.insights.dataset import GapRow, InsightRow

_NAMES = {"refund": "Refunds", "repair": "Repairs", "order": "Orders"}
_MINUTES = {"typical_minutes": 90.0, "low_minutes": 80.0, "high_minutes": 100.0, "next_typical_minutes": 60.0}


def _row(claim: Claim, facts: Mapping[str, Any], effect: Effect, n: int = 400) -> InsightRow:
    days = (date(2026, 1, 1), date(2026, 7, 1))
    return InsightRow("slowest", claim, facts, _NAMES, effect, n, *days, Tone.BAD, date(2026, 7, 1), "/resolution")


def _slowest(kinds: list[dict[str, str]], clock: str, scale: float = 1.0) -> str:
    minutes = {name: scale * value for name, value in _MINUTES.items()}
    facts = {"kinds": kinds, "next": [{"category": "order"}], "clock": clock, **minutes}
    return conclusion.insight(_row(Claim.SLOWEST_CATEGORY, facts, Effect(1.5, 1.3, 1.8, "times"))).title


def test_one_takes_longest_or_two_together() -> None:
    """By business hours, by the calendar, or in days where only days are known."""
    refund, repair = {"category": "refund"}, {"category": "repair"}
    assert _slowest([refund], "business").startswith("Refunds takes longest: half are solved within 1.5")
    assert _slowest([refund, repair], "calendar").startswith("Refunds and repairs together take longest:")
    assert _slowest([refund], "days", 24.0) == "Refunds takes longest: 1.5\u00a0days on average"


def test_what_takes_longest_has_one_number_on_every_page() -> None:
    """Where business hours were tested, the title has the pages' number, and the detail has the other."""
    facts = {"kinds": [{"category": "refund"}], "next": [{"category": "order"}], "clock": "business", **_MINUTES}
    row = _row(Claim.SLOWEST_CATEGORY, {**facts, "all_hours_minutes": 954.0}, Effect(1.5, 1.3, 1.8, "times"))
    said = conclusion.insight(row)
    assert said.title == "Refunds takes longest: half are solved within 15.9\u00a0h (all hours)"
    assert said.detail.startswith(
        "In business hours half are solved within 1.5\u00a0h (1.3\u00a0h to 1.7\u00a0h), n 400."
    )


def test_missed_targets_name_category_and_priority_where_they_go_by_both() -> None:
    """A category by itself has no priority."""
    shares = {"missed_share": 0.5, "low": 0.4, "high": 0.6, "next_missed_share": 0.2, "next": [{"category": "order"}]}
    pair = {"kinds": [{"category": "refund", "priority": "high"}], **shares}
    alone = {"kinds": [{"category": "refund"}, {"category": "repair"}], **shares}
    gap = Effect(0.3, 0.2, 0.4, "share")
    said = [conclusion.insight(_row(Claim.MOST_MISSED_TARGETS, facts, gap)).title for facts in (pair, alone)]
    assert said[0].startswith("Refunds, high priority: 50")
    assert said[1].startswith("Refunds and repairs together: 50")
    assert said[1].endswith("each more than anywhere else")


def test_support_is_told_a_customer_with_whom_it_counts() -> None:
    """Everybody of the year, or those who wrote."""
    facts = {"kinds": [{"customer_type": "school"}], "tickets_a_customer": 6.0, "low": 5.0, "high": 7.0}
    more = {"tickets_a_customer_elsewhere": 2.0}
    times = Effect(3.0, 2.4, 3.6, "times")
    for who, words in (("everybody", "who wrote or not"), ("writers", "customers who wrote")):
        said = conclusion.insight(_row(Claim.MOST_TICKETS_A_CUSTOMER, {**facts, **more, "who": who}, times))
        assert said.title == "Schools need the most support: 6.0 tickets a customer in a year"
        assert words in said.detail


def test_agents_are_counted_and_never_named() -> None:
    """Ratings in points, all else in times."""
    facts = {"metric": "mean_rating", "worse_count": 2, "compared_count": 8}
    rated = conclusion.insight(_row(Claim.LOWER_RATED_AGENTS, facts, Effect(-0.35, -0.5, -0.2, "rating")))
    assert rated.title == "2 of 8 agents are rated lower than their kind of tickets explains"
    assert "0.20 to 0.50 points lower" in rated.detail
    one = {**facts, "metric": "resolution_time", "worse_count": 1}
    slow = conclusion.insight(_row(Claim.SLOWER_AGENTS, one, Effect(1.4, 1.2, 1.6, "times")))
    assert slow.title.startswith("1 of 8 agents takes longer")
    assert "1.20 to 1.60 times" in slow.detail


def test_a_gap_says_its_numbers() -> None:
    """How many tickets were solved and how many of those have a known time."""
    gap = GapRow("slowest", Missing.FEW_SOLVED, {"solved_count": 100170, "known_count": 12})
    assert "Of 100,170 solved tickets 12 have a known time" in conclusion.gap(gap)
