"""Findings about kinds of tickets: what takes longest, where targets are missed, who needs the most support."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt

from analytics import pages
from analytics.case_mix import Codes
from analytics.insights.finding import Claim, DurationClock, Effect, Fact, Finding, Topic
from analytics.insights.leading import leading, normal_scores
from analytics.insights.ranking import LEAST_N, LEVEL_OF_THE_FIRST
from analytics.means import Comparison, Mean, difference, mean_of, ratio
from analytics.quasi_poisson import Floats

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kind of each ticket (or customer), such as its category.

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

    def subject(self, codes: Sequence[int]) -> str:
        """Return the name of kinds from day to day: "book_order", "book_order/high" for a pair, "a + b" for two."""
        return " + ".join("/".join(self.values[code].values()) for code in codes)

    def where(self, codes: Sequence[int]) -> Mapping[str, tuple[str, ...]]:
        """Return the filters that choose kinds."""
        dimensions = self.values[codes[0]]
        return {each: tuple(dict.fromkeys(self.values[code][each] for code in codes)) for each in dimensions}

    def facts(self, codes: Sequence[int]) -> Sequence[Mapping[str, int | float | str]]:
        """Return what makes each of these its kind."""
        return [dict(self.values[code]) for code in codes]

    def are(self, codes: Sequence[int]) -> Flags:
        """Return whether each ticket is of one of these kinds."""
        return np.isin(self.codes, list(codes))


def slowest(
    minutes: Floats,
    kinds: Kinds,
    weeks: Codes,
    clock: DurationClock,
    period: tuple[date, date],
    longest: Mapping[int, float] | None = None,
) -> list[Finding]:
    """Return the finding of the category that takes longest, or of the two that together take longer than the rest.

    Ranks are compared, since a few endless tickets say little about the others, and whole days are often equal. It is
    told by the median, or by the mean of whole days, and only if that has the same order.

    Args:
        minutes: Full resolution time of each ticket.
        kinds: Category of each ticket.
        weeks: Week of each ticket: tickets of a week may be alike.
        clock: What the times are.
        period: First day, and first day after.
        longest: Kinds that pages name as taking longest in the same period (`analytics.takes_longest`) -> the median
            that they name, of all hours; nothing else is said. None: not known.
    """
    scores = normal_scores(minutes)
    led = leading({code: mean_of(scores[kinds.codes == code], weeks[kinds.codes == code]) for code in kinds.sizes()})
    if led is None:
        return []
    is_first = kinds.are(led.codes)
    times = {code: _typical(minutes[kinds.codes == code], clock) for code in kinds.sizes()}
    rest = [time for code, time in times.items() if code not in led.codes]
    is_agreed = min(times[code] for code in led.codes) > max(rest) and _is_named(led.codes, longest, clock)
    low, high = _range(minutes[is_first], weeks[is_first], clock)
    facts: dict[str, Fact] = {
        "kinds": kinds.facts(led.codes),
        "typical_minutes": _typical(minutes[is_first], clock),
        "low_minutes": low,
        "high_minutes": high,
        "clock": clock.value,
        "next": kinds.facts([led.next_code]),
        "next_typical_minutes": times[led.next_code],
    }
    if longest and clock is DurationClock.BUSINESS and len(led.codes) == 1:
        facts["all_hours_minutes"] = longest.get(led.codes[0])
    against_all = _how_much_longer(minutes, is_first, weeks, clock)
    return [
        Finding(
            Topic.SLOWEST, Claim.SLOWEST_CATEGORY, kinds.subject(led.codes), facts, _effect(against_all, "times"),
            int(is_first.sum()), led.p_value if is_agreed else 1.0,
            float(is_first.mean()) * abs(np.log(against_all.value)), "bad", *period, pages.RESOLUTION,
            kinds.where(led.codes),
            {"clock": "business"} if clock is DurationClock.BUSINESS and not facts.get("all_hours_minutes") else {},
        )
    ]  # fmt: skip


def _is_named(codes: Collection[int], longest: Collection[int] | None, clock: DurationClock) -> bool:
    """Say whether pages name the same; of whole days many medians are equal, and one of these may be named alone."""
    if longest is None or not longest:
        return longest is None
    return set(longest) <= set(codes) or (clock is DurationClock.DAYS and set(codes) <= set(longest))


def _typical(minutes: Floats, clock: DurationClock) -> float:
    return float(minutes.mean() if clock is DurationClock.DAYS else np.median(minutes))


def _range(minutes: Floats, weeks: Codes, clock: DurationClock) -> tuple[float, float]:
    """Return the 95 % interval of the typical time: of the mean, or of the median by the order of the times."""
    if clock is DurationClock.DAYS:
        low, high = mean_of(minutes, weeks).interval
        return max(low, 0.0), high
    # A median lies below half of the times, give or take the error of that share.
    error = mean_of((minutes <= np.median(minutes)).astype(np.float64), weeks).error
    low, high = np.quantile(minutes, [max(0.5 - 1.96 * error, 0.0), min(0.5 + 1.96 * error, 1.0)])
    return float(low), float(high)


def _how_much_longer(minutes: Floats, is_first: Flags, weeks: Codes, clock: DurationClock) -> Comparison:
    """Return how many times as long some tickets typically take as the others."""
    parts = [(minutes[each], weeks[each]) for each in (is_first, ~is_first)]
    if clock is DurationClock.DAYS:
        return ratio(*(mean_of(*each) for each in parts))
    gap = difference(*(mean_of(np.log(np.maximum(times, 1.0)), each) for times, each in parts))
    value, low, high = (float(np.exp(min(each, 50.0))) for each in (gap.value, gap.low, gap.high))
    return Comparison(value, low, high, gap.p_value)


def worst_targets(is_missed: Floats, kinds: Kinds, weeks: Codes, period: tuple[date, date]) -> list[Finding]:
    """Return the finding of the kind of ticket that misses its targets most, or of the two that do together.

    Args:
        is_missed: 1 where a ticket missed its target, 0 where it met it.
        kinds: Category and priority together, of each ticket, or its category alone.
        weeks: Week of each ticket.
        period: First day, and first day after.
    """
    means = {code: _share_of(is_missed[kinds.codes == code], weeks[kinds.codes == code]) for code in kinds.sizes()}
    led = leading(means)
    if led is None:
        return []
    is_worst = kinds.are(led.codes)
    worst = _share_of(is_missed[is_worst], weeks[is_worst])
    gap = difference(worst, _share_of(is_missed[~is_worst], weeks[~is_worst]))
    low, high = (min(max(end, 0.0), 1.0) for end in worst.interval)
    facts: dict[str, Fact] = {
        "kinds": kinds.facts(led.codes),
        "missed_share": worst.value,
        "low": low,
        "high": high,
        "next": kinds.facts([led.next_code]),
        "next_missed_share": means[led.next_code].value,
    }
    missed = float(is_missed[is_worst].sum()) / max(float(is_missed.sum()), 1.0)
    return [
        Finding(
            Topic.WORST_TARGETS, Claim.MOST_MISSED_TARGETS, kinds.subject(led.codes), facts, _effect(gap, "share"),
            worst.n, led.p_value, missed, "bad", *period, pages.TICKETS, kinds.where(led.codes),
            {"metric": "sla_breaches"},
        )
    ]  # fmt: skip


def clearest(*levels: list[Finding]) -> list[Finding]:
    """Return of several ways to ask the same question the first clear answer; each way looked at counts.

    Args:
        levels: The finding of each way, the one to be preferred first.
    """
    looked = [replace(each, p_value=min(1.0, each.p_value * len(levels))) for level in levels for each in level]
    return sorted(looked, key=lambda each: each.p_value > LEVEL_OF_THE_FIRST)[:1]


def _share_of(flags: Floats, weeks: Codes) -> Mean:
    """Return a share; where (nearly) all are alike its error is that of half a case more on either side."""
    found, n = mean_of(flags, weeks), flags.size
    near = (float(flags.sum()) + 0.5) / (n + 1)
    return replace(found, error=max(found.error, float(np.sqrt(near * (1 - near) / max(n, 1)))))


def support_need(tickets: Floats, kinds: Kinds, period: tuple[date, date], *, is_everybody: bool) -> list[Finding]:
    """Return the finding of the customer type that needs most support, by tickets a customer.

    How many customers a type has counts for nothing. Customers differ much, so that errors are those between customers.

    Args:
        tickets: Tickets of each customer in the period.
        kinds: Type of each customer.
        period: First day, and first day after.
        is_everybody: Whether customers who wrote nothing are among them.
    """
    means = {code: mean_of(tickets[kinds.codes == code]) for code in kinds.sizes()}
    led = leading({code: _of_log(mean) for code, mean in means.items() if mean.value > 0})
    if led is None:
        return []
    is_most = kinds.are(led.codes)
    most, others = mean_of(tickets[is_most]), mean_of(tickets[~is_most])
    found = ratio(most, others)
    low, high = most.interval
    facts: dict[str, Fact] = {
        "kinds": kinds.facts(led.codes),
        "tickets_a_customer": most.value,
        "low": max(low, 0.0),
        "high": high,
        "tickets_a_customer_elsewhere": others.value,
        "who": "everybody" if is_everybody else "writers",
    }
    share = float(tickets[is_most].sum() / max(tickets.sum(), 1.0))
    return [
        Finding(
            Topic.SUPPORT_NEED, Claim.MOST_TICKETS_A_CUSTOMER, kinds.subject(led.codes), facts,
            _effect(found, "times"), most.n, led.p_value, share * abs(float(np.log(found.value))), "neutral",
            *period, pages.VOLUME, kinds.where(led.codes), {"by": "category"},
        )
    ]  # fmt: skip


def _of_log(mean: Mean) -> Mean:
    """Return the logarithm of a mean, by the delta method: many tickets a customer vary more than few."""
    return Mean(float(np.log(mean.value)), mean.error / mean.value, mean.freedom, mean.n)


def _effect(found: Comparison, unit: str) -> Effect:
    return Effect(found.value, found.low, found.high, unit)
