"""Findings about ratings and targets: what goes with better ratings, and whether targets are slipping."""

from datetime import date, timedelta
from typing import Final

import numpy as np

from analytics import pages
from analytics.case_mix import Codes, Family, expected
from analytics.insights.finding import Claim, Effect, Finding, Topic
from analytics.means import difference, mean_of
from analytics.quasi_poisson import Floats

_RECENT_DAYS: Final = 28
_BEFORE_DAYS: Final = 91
_LEAST: Final = 60
_GOOD: Final = 0.5


def quick_replies(
    ratings: Floats, minutes: Floats, categories: Codes, customers: Codes, period: tuple[date, date]
) -> list[Finding]:
    """Return the finding of how much better tickets are rated that were answered sooner, within the same category.

    The sooner half is compared with the later half, each rating taken relative to its category's mean. This is an
    association, not a cause.

    Args:
        ratings: 1 to 5.
        minutes: First reply time of the same tickets.
        categories: Category of each ticket.
        customers: Customer of each ticket: ratings by one customer may be alike.
        period: First day, and first day after.
    """
    if ratings.size < _LEAST or np.unique(ratings).size < 2:  # noqa: PLR2004 - ratings that are all alike say nothing
        return []
    left = ratings - expected(ratings, {"category": categories}, Family.LOG)
    middle = float(np.median(minutes))
    is_soon = minutes <= middle
    gap = difference(mean_of(left[is_soon], customers[is_soon]), mean_of(left[~is_soon], customers[~is_soon]))
    effect, facts = Effect(gap.value, gap.low, gap.high, "rating"), {"median_minutes": middle}
    return [
        Finding(
            Topic.RATINGS, Claim.QUICK_REPLIES, "quick_replies", facts, effect, int(ratings.size), gap.p_value,
            _GOOD * abs(gap.value), "neutral", *period, pages.RESOLUTION, {}, {"measure": "first_reply"},
        )
    ]  # fmt: skip


def targets_at_risk(is_missed: Floats, days: Codes, last: date) -> list[Finding]:
    """Return the finding of whether fewer targets were met in the last four weeks than in the thirteen before.

    Args:
        is_missed: 1 where a target was missed, 0 where it was met.
        days: How many days before the last day each target was met or missed; 0 is the last day.
        last: The last day.
    """
    is_recent = (days >= 0) & (days < _RECENT_DAYS)
    is_before = (days >= _RECENT_DAYS) & (days < _RECENT_DAYS + _BEFORE_DAYS)
    if min(int(is_recent.sum()), int(is_before.sum())) < _LEAST:
        return []
    now, before = (mean_of(is_missed[each], days[each] // 7) for each in (is_recent, is_before))
    gap = difference(now, before)
    facts = {"met_share": 1 - now.value, "met_share_before": 1 - before.value, "target_count_before": before.n}
    start = last - timedelta(days=_RECENT_DAYS - 1)
    return [
        Finding(
            Topic.TARGETS_AT_RISK, Claim.TARGETS_MET, "all", facts, Effect(gap.value, gap.low, gap.high, "share"),
            now.n, gap.p_value, 4 * abs(gap.value), "bad" if gap.value > 0 else "good", start, last + timedelta(days=1),
            pages.TICKETS, {}, {"metric": "sla_breaches"},
        )
    ]  # fmt: skip
