"""Findings about how many tickets come: times of the year, and odd days."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from math import log

from analytics import pages
from analytics.anomalies import Anomaly
from analytics.calendar_design import HALVES, Window
from analytics.insights.finding import Claim, Effect, Fact, Finding, Topic
from analytics.seasonality import Season
from analytics.what_changed import Change


def season_findings(seasons: Sequence[tuple[str, Season]], shares: Mapping[str, float], last: date) -> list[Finding]:
    """Return a finding for each time of the year that was looked at.

    Args:
        seasons: (category, season); category "" is all tickets.
        shares: Category -> its share of all tickets.
        last: Last day of the data; the finding links to the latest time the season occurred before it.
    """
    found = []
    for category, season in seasons:
        lift, window = season.lift, season.window
        facts: dict[str, Fact] = {
            "category": category,
            "start_half": window.start,
            "half_count": window.length,
            "year_count": len(lift.yearly),
            "months_until": (window.start // 2 + 1 - last.month) % 12,
        }
        start, end = latest(window, last)
        weight = shares.get(category, 1.0) * abs(log(lift.ratio)) * window.length / 4
        where = {"category": (category,)} if category else {}
        found.append(
            Finding(
                Topic.SEASON, Claim.SEASON, f"{category}:{window.start}", facts,
                Effect(lift.ratio, lift.low, lift.high, "times"), lift.tickets, lift.p_value, weight, "neutral",
                start, end, pages.VOLUME, where,
            )
        )  # fmt: skip
    return found


def latest(window: Window, last: date) -> tuple[date, date]:
    """Return the latest time a window occurred and ended: its first day, and the first day after it."""
    for year in (last.year, last.year - 1, last.year - 2):
        end_half = window.start + window.length
        start, end = _half(year, window.start), _half(year + end_half // HALVES, end_half % HALVES)
        if end <= last + timedelta(days=1):
            return start, end
    raise AssertionError(window)


def _half(year: int, half: int) -> date:
    return date(year, half // 2 + 1, 16 if half % 2 else 1)


def odd_day_findings(anomalies: Sequence[tuple[Anomaly, Sequence[Change]]], usual: float) -> list[Finding]:
    """Return a finding for each odd stretch of days.

    Args:
        anomalies: Each with what was different.
        usual: Tickets of the whole desk a day, to weigh by.
    """
    found = []
    for each, changes in anomalies:
        ratio = each.observed / max(each.expected, 0.5)
        facts: dict[str, Fact] = {
            "category": each.series,
            "observed": each.observed,
            "expected": each.expected,
            "low": each.low,
            "high": each.high,
            "changes": [asdict(change) for change in changes],
        }
        effect = Effect(ratio, each.observed / max(each.high, 0.5), each.observed / max(each.low, 0.5), "times")
        where = {"category": (each.series,)} if each.series else {}
        found.append(
            Finding(
                Topic.ODD_DAYS, Claim.ODD_DAYS, f"{each.series}:{each.first}", facts, effect,
                max(each.observed, round(each.expected)), each.q_value,
                abs(each.observed - each.expected) / max(30 * usual, 1.0), "bad" if ratio > 1 else "neutral",
                each.first, each.last + timedelta(days=1), pages.TICKETS, where, {"metric": "created"},
            )
        )  # fmt: skip
    return found
