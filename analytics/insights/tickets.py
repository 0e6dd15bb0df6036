"""Findings about kinds of tickets: what takes longest, where targets are missed, who needs the most support."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from analytics import pages
from analytics.case_mix import Codes
from analytics.insights import words
from analytics.insights.finding import Effect, Finding, Topic
from analytics.insights.ranking import LEAST_N
from analytics.means import Comparison, difference, mean_of, ratio
from analytics.quasi_poisson import Floats


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kind of each ticket, such as its category.

    Attributes:
        codes: Kind of each ticket; tickets whose code is not in `names` are left out.
        names: Code -> (name for a manager, filters that select the kind).
    """

    codes: Codes
    names: Mapping[int, tuple[str, Mapping[str, tuple[str, ...]]]]

    def sizes(self) -> dict[int, int]:
        """Return the number of tickets of each kind that has thirty or more."""
        found = {code: int((self.codes == code).sum()) for code in self.names}
        return {code: number for code, number in found.items() if number >= LEAST_N}


def slowest(minutes: Floats, kinds: Kinds, weeks: Codes, clock: str, period: tuple[date, date]) -> list[Finding]:
    """Return the finding of the category that takes longest on average, compared with the next longest.

    Args:
        minutes: Full resolution time of each ticket.
        kinds: Category of each ticket.
        weeks: Week of each ticket: tickets of a week may be alike.
        clock: "business hours" or "calendar".
        period: First day, and first day after.
    """
    means = {code: mean_of(minutes[kinds.codes == code], weeks[kinds.codes == code]) for code in kinds.sizes()}
    if len(means) < 2:  # noqa: PLR2004 - with one category there is nothing to compare
        return []
    first, second = sorted(means, key=lambda code: -means[code].value)[:2]
    others = mean_of(minutes[(kinds.codes != first)], weeks[kinds.codes != first])
    against_next, against_all = ratio(means[first], means[second]), ratio(means[first], others)
    name, where = kinds.names[first]
    low, high = means[first].interval
    hours = "business hours" if clock == "business hours" else "all hours counted"
    title = f"{name} takes longest: {words.duration(means[first].value)} on average ({hours})"
    detail = (
        f"The mean is between {words.duration(low)} and {words.duration(high)}, n {words.count(means[first].n)}."
        f" That is {words.times(against_all.low, against_all.high)} times as long as other tickets. Next is"
        f" {kinds.names[second][0]} with {words.duration(means[second].value)}."
    )
    action = "Look at its slowest tickets first: what do they wait for?"
    # The same data chose the longest category, so that each of the others counts as one comparison.
    p_value = min(1.0, against_next.p_value * (len(means) - 1))
    share = means[first].n / max(minutes.size, 1)
    return [
        Finding(
            Topic.SLOWEST, name, title, detail, action, _effect(against_all, "times"), means[first].n, p_value,
            share * abs(np.log(against_all.value)), "bad", *period, pages.RESOLUTION, where,
            {"clock": "business"} if clock == "business hours" else {},
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
    gap, (name, where) = gaps[worst], kinds.names[worst]
    low, high = (min(max(end, 0.0), 1.0) for end in means[worst].interval)
    title = f"{name}: {words.percent(means[worst].value)} of tickets miss a target, more than anywhere else"
    detail = (
        f"Between {words.percent(low)} and {words.percent(high)}, n {sizes[worst]:,}; that is"
        f" {_points(gap.low)} to {_points(gap.high)} percentage points more than all others."
    )
    action = "Answer these first in the morning, or agree on a target that can be kept."
    missed = float(is_missed[kinds.codes == worst].sum()) / max(float(is_missed.sum()), 1.0)
    return [
        Finding(
            Topic.WORST_TARGETS, name, title, detail, action, _effect(gap, "share"), sizes[worst],
            min(1.0, gap.p_value * len(sizes)), missed, "bad", *period, pages.TICKETS, where,
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
    counted = Kinds(kind_of, kinds.names)
    sizes = counted.sizes()
    if len(sizes) < 2:  # noqa: PLR2004 - with one kind there is nothing to compare
        return []
    means = {code: mean_of(per_customer[kind_of == code]) for code in sizes}
    most = max(means, key=lambda code: means[code].value)
    found = ratio(means[most], mean_of(per_customer[kind_of != most]))
    low, high = means[most].interval
    name, where = kinds.names[most]
    title = f"{name} need the most support: {means[most].value:.1f} tickets a customer in a year"
    rest = float(per_customer[kind_of != most].mean())
    detail = (
        f"Between {low:.1f} and {high:.1f}, over {words.plural(sizes[most], 'customer')} who wrote. Other customers"
        f" write {rest:.1f} each: {words.times(found.low, found.high)} times as many."
    )
    action = "Ask a few of them what they write about, and give them one person to turn to."
    share = float((kinds.codes == most).mean())
    return [
        Finding(
            Topic.SUPPORT_NEED, name, title, detail, action, _effect(found, "times"), sizes[most],
            min(1.0, found.p_value * len(sizes)), share * abs(float(np.log(found.value))), "neutral", *period,
            pages.VOLUME, where, {"by": "category"},
        )
    ]  # fmt: skip


def _effect(found: Comparison, unit: str) -> Effect:
    return Effect(found.value, found.low, found.high, unit)


def _points(share: float) -> str:
    return f"{100 * share:.0f}"
