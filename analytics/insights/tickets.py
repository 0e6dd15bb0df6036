"""Findings about kinds of tickets: what takes longest, where targets are missed, who needs the most support."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from analytics import pages
from analytics.case_mix import Codes
from analytics.insights.finding import Claim, Effect, Fact, Finding, Topic
from analytics.insights.ranking import LEAST_N
from analytics.means import Comparison, difference, mean_of, ratio
from analytics.quasi_poisson import Floats


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kind of each ticket, such as its category.

    Attributes:
        codes: Kind of each ticket; those that are no key of `values` are left out.
        values: Code -> what makes it this kind: dimension -> value.
    """

    codes: Codes
    values: Mapping[int, Mapping[str, str]]

    def sizes(self) -> dict[int, int]:
        """Return how many tickets there are of each kind with thirty or more."""
        found = {code: int((self.codes == code).sum()) for code in self.values}
        return {code: number for code, number in found.items() if number >= LEAST_N}

    def subject(self, code: int) -> str:
        """Return the name of a kind from day to day: "book_order", or "book_order/high" for a pair."""
        return "/".join(self.values[code].values())

    def where(self, code: int) -> Mapping[str, tuple[str, ...]]:
        """Return the filters that choose a kind."""
        return {dimension: (value,) for dimension, value in self.values[code].items()}


def slowest(minutes: Floats, kinds: Kinds, weeks: Codes, clock: str, period: tuple[date, date]) -> list[Finding]:
    """Return the finding of the category that takes longest on average, compared with the next longest.

    Args:
        minutes: Full resolution time of each ticket.
        kinds: Category of each ticket.
        weeks: Week of each ticket: tickets of a week may be alike.
        clock: "business" or "calendar".
        period: First day, and first day after.
    """
    means = {code: mean_of(minutes[kinds.codes == code], weeks[kinds.codes == code]) for code in kinds.sizes()}
    if len(means) < 2:  # noqa: PLR2004 - with one category there is nothing to compare
        return []
    first, second = sorted(means, key=lambda code: -means[code].value)[:2]
    others = mean_of(minutes[(kinds.codes != first)], weeks[kinds.codes != first])
    against_next, against_all = ratio(means[first], means[second]), ratio(means[first], others)
    low, high = means[first].interval
    facts: dict[str, Fact] = {
        **kinds.values[first],
        "mean_minutes": means[first].value,
        "low_minutes": low,
        "high_minutes": high,
        "clock": clock,
        "next_category": kinds.values[second]["category"],
        "next_mean_minutes": means[second].value,
    }
    # Which of them is the longest was looked up in the same data, so each of the others counts as a comparison.
    p_value = min(1.0, against_next.p_value * (len(means) - 1))
    share = means[first].n / max(minutes.size, 1)
    return [
        Finding(
            Topic.SLOWEST, Claim.SLOWEST_CATEGORY, kinds.subject(first), facts, _effect(against_all, "times"),
            means[first].n, p_value, share * abs(np.log(against_all.value)), "bad", *period, pages.RESOLUTION,
            kinds.where(first),
            {"clock": "business"} if clock == "business" else {},
        )
    ]  # fmt: skip


def worst_targets(is_missed: Floats, kinds: Kinds, weeks: Codes, period: tuple[date, date]) -> list[Finding]:
    """Return the finding of the category and priority that misses its targets most, compared with all others.

    Args:
        is_missed: 1 where a ticket missed its target, 0 where it met it.
        kinds: Category and priority together, of each ticket.
        weeks: Week of each ticket.
        period: First day, and first day after.
    """
    sizes = kinds.sizes()
    if len(sizes) < 2:  # noqa: PLR2004 - with one kind there is nothing to compare
        return []
    means = {code: mean_of(is_missed[kinds.codes == code], weeks[kinds.codes == code]) for code in sizes}
    gaps = {
        code: difference(means[code], mean_of(is_missed[kinds.codes != code], weeks[kinds.codes != code]))
        for code in sizes
    }
    # The lower end is compared, so that a small group with one more miss does not come first.
    worst = max(gaps, key=lambda code: gaps[code].low)
    gap = gaps[worst]
    low, high = (min(max(end, 0.0), 1.0) for end in means[worst].interval)
    facts: dict[str, Fact] = {**kinds.values[worst], "missed_share": means[worst].value, "low": low, "high": high}
    missed = float(is_missed[kinds.codes == worst].sum()) / max(float(is_missed.sum()), 1.0)
    return [
        Finding(
            Topic.WORST_TARGETS, Claim.MOST_MISSED_TARGETS, kinds.subject(worst), facts, _effect(gap, "share"),
            sizes[worst], min(1.0, gap.p_value * len(sizes)), missed, "bad", *period, pages.TICKETS, kinds.where(worst),
            {"metric": "sla_breaches"},
        )
    ]  # fmt: skip


def support_need(customers: Codes, kinds: Kinds, period: tuple[date, date]) -> list[Finding]:
    """Return the finding of the customer type that writes most, by tickets a customer, compared with all others.

    Args:
        customers: Customer of each ticket.
        kinds: Customer type of each ticket.
        period: First day, and first day after.
    """
    unique, places = np.unique(customers, return_inverse=True)
    per_customer = np.bincount(places).astype(np.float64)
    kind_of = np.zeros(unique.size, dtype=np.int64)
    kind_of[places] = kinds.codes
    counted = Kinds(kind_of, kinds.values)
    sizes = counted.sizes()
    if len(sizes) < 2:  # noqa: PLR2004 - with one kind there is nothing to compare
        return []
    means = {code: mean_of(per_customer[kind_of == code]) for code in sizes}
    most = max(means, key=lambda code: means[code].value)
    found = ratio(means[most], mean_of(per_customer[kind_of != most]))
    low, high = means[most].interval
    facts: dict[str, Fact] = {
        **kinds.values[most],
        "tickets_a_customer": means[most].value,
        "low": low,
        "high": high,
        "tickets_a_customer_elsewhere": float(per_customer[kind_of != most].mean()),
    }
    share = float((kinds.codes == most).mean())
    return [
        Finding(
            Topic.SUPPORT_NEED, Claim.MOST_TICKETS_A_CUSTOMER, kinds.subject(most), facts, _effect(found, "times"),
            sizes[most], min(1.0, found.p_value * len(sizes)), share * abs(float(np.log(found.value))), "neutral",
            *period, pages.VOLUME, kinds.where(most), {"by": "category"},
        )
    ]  # fmt: skip


def _effect(found: Comparison, unit: str) -> Effect:
    return Effect(found.value, found.low, found.high, unit)
