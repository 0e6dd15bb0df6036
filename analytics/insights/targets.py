"""The finding about targets of late: whether they are slipping."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import numpy as np

from analytics import pages
from analytics.case_mix import Codes
from analytics.insights.finding import Claim, Effect, Finding, Topic
from analytics.means import Mean, difference, mean_of
from analytics.quasi_poisson import Floats
from analytics.time_units import WEEK_DAYS

_RECENT_DAYS: Final = 28
_BEFORE_DAYS: Final = 91
_WEEKS: Final = (_RECENT_DAYS + _BEFORE_DAYS) // WEEK_DAYS - 2
_LEAST: Final = 60


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
    weeks = days // WEEK_DAYS
    unrest = _unrest([(is_missed[each], weeks[each]) for each in (is_recent, is_before)])
    now, before = (_restless(mean_of(is_missed[each]), unrest, _WEEKS) for each in (is_recent, is_before))
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


def _unrest(parts: list[tuple[Floats, Codes]]) -> float:
    """Return how much more weeks of one part differ than chance explains: variance ÷ the variance by chance, or 1."""
    excess, freedom = 0.0, 0
    for values, weeks in parts:
        _, places = np.unique(weeks, return_inverse=True)
        counts, mean = np.bincount(places), float(values.mean())
        chance = max(mean * (1 - mean), 1 / values.size)
        excess += float(((np.bincount(places, values) - counts * mean) ** 2 / (counts * chance)).sum())
        freedom += counts.size - 1
    return max(1.0, excess / max(freedom, 1))


def _restless(mean: Mean, unrest: float, freedom: int) -> Mean:
    return replace(mean, error=mean.error * float(np.sqrt(unrest)), freedom=freedom)
