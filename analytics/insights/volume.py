"""Findings about how many tickets come: times of the year, and odd days."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from math import log

from analytics import pages
from analytics.anomalies import Anomaly
from analytics.insights.finding import Claim, Effect, Fact, Finding, Topic
from analytics.what_changed import Change

_TWO_MONTHS = 61


@dataclass(frozen=True, slots=True)
class KnownSeason:
    """A time of the year that was found, with the days on which it comes.

    Attributes:
        category: Of which tickets; "" is all.
        period: By what it is known: its dates, or the slug of a time that moves through the year.
        name: Slug of what its dates are called; "" for nothing.
        spans: First and last day of each time it comes, in order, some of them ahead.
        effect: How many times as many tickets it brings.
        p_value: Of no lift, all that was looked at allowed for.
        tickets: Tickets in it.
        year_count: In how many years it was seen.
    """

    category: str
    period: str
    name: str
    spans: Sequence[tuple[date, date]]
    effect: Effect
    p_value: float
    tickets: int
    year_count: int


def season_findings(
    seasons: Sequence[KnownSeason], shares: Mapping[str, float], last: date, today: date
) -> list[Finding]:
    """Return a finding for each time of the year that was looked at and has come and gone at least once.

    Args:
        seasons: What was found.
        shares: Category -> its share of all tickets.
        last: Last day of the data; the finding links to the latest time the season came before it.
        today: The present day; the finding says when the season comes next from here.
    """
    found = []
    for season in seasons:
        past = [span for span in season.spans if span[1] <= last]
        if not past:
            continue
        start, end = past[-1]
        weight = shares.get(season.category, 1.0) * abs(log(season.effect.value)) * (end - start).days / _TWO_MONTHS
        where = {"category": (season.category,)} if season.category else {}
        facts: dict[str, Fact] = {
            "category": season.category,
            "name": season.name,
            "year_count": season.year_count,
            **_next(season.spans, today),
        }
        found.append(
            Finding(
                Topic.SEASON, Claim.SEASON, f"{season.category}:{season.period}", facts, season.effect, season.tickets,
                season.p_value, weight, "neutral", start, end + timedelta(days=1), pages.VOLUME, where,
            )
        )  # fmt: skip
    return found


def _next(spans: Sequence[tuple[date, date]], today: date) -> dict[str, Fact]:
    """Return the dates of the time that is on or comes next, and the days until then: 0 while it is on."""
    ahead = [span for span in spans if span[1] >= today]
    if not ahead:
        return {}
    first, last = ahead[0]
    return {
        "next_first": first.isoformat(), "next_last": last.isoformat(), "days_until": max((first - today).days, 0)
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class KnownOddDays:
    """Odd days, with what was different about their tickets.

    Attributes:
        days: The days.
        changes: What was different.
        is_bulk: Whether it is one day with more tickets than any model of days explains.
        same_minute: Of such a day, most tickets made in one minute; None where that is not known.
    """

    days: Anomaly
    changes: Sequence[Change]
    is_bulk: bool = False
    same_minute: int | None = None


def odd_day_findings(known: Sequence[KnownOddDays], usual: float) -> list[Finding]:
    """Return a finding for each odd stretch of days.

    Args:
        known: The days.
        usual: Tickets of the whole desk a day, to weigh by.
    """
    found = []
    for each in known:
        days = each.days
        ratio = days.observed / max(days.expected, 0.5)
        facts: dict[str, Fact] = {
            "category": days.series,
            "observed": days.observed,
            "expected": days.expected,
            "low": days.low,
            "high": days.high,
            "changes": [asdict(change) for change in each.changes],
        }
        facts |= {"same_minute": each.same_minute} if each.is_bulk else {}
        effect = Effect(ratio, days.observed / max(days.high, 0.5), days.observed / max(days.low, 0.5), "times")
        where = {"category": (days.series,)} if days.series else {}
        tone = "bad" if ratio > 1 and not each.is_bulk else "neutral"
        found.append(
            Finding(
                Topic.ODD_DAYS, Claim.BULK_DAY if each.is_bulk else Claim.ODD_DAYS, f"{days.series}:{days.first}",
                facts, effect, max(days.observed, round(days.expected)), days.q_value,
                abs(days.observed - days.expected) / max(30 * usual, 1.0), tone, days.first,
                days.last + timedelta(days=1), pages.TICKETS, where, {"metric": "created"},
            )
        )  # fmt: skip
    return found
