"""What the insights about tickets and targets say."""

from collections.abc import Mapping

from analytics.insights.finding import DurationClock
from portal.numbers import phrasing
from portal.topics.insights import words
from portal.topics.insights.dataset import InsightRow
from portal.topics.insights.saying import Said, number_of, say


def slowest_category(row: InsightRow) -> Said:
    """Say which category takes longest, or which two together."""
    clock, times = row.facts["clock"], words.times(row.effect.low, row.effect.high)
    typical, low, high, next_typical = (
        words.duration(number_of(row, name), in_days=clock == DurationClock.DAYS)
        for name in ("typical_minutes", "low_minutes", "high_minutes", "next_typical_minutes")
    )
    parts = {"low": low, "high": high, "count": phrasing.count(row.n), "times": times, "next_typical": next_typical}
    kinds, title, detail = _kinds(row, "kinds"), f"{clock}_{_number(row)}", clock
    if row.facts.get("all_hours_minutes"):
        # The title has the number that the pages have; the test is one of business hours.
        parts |= {"business": typical}
        typical = words.duration(number_of(row, "all_hours_minutes"))
        title, detail = "calendar_one", "both"
    return Said(
        say(f"slowest_category.title.{title}", kinds=kinds, typical=typical),
        say(f"slowest_category.detail.{detail}", **parts, next_kind=_kinds(row, "next")),
        say("slowest_category.action"),
    )


def most_missed_targets(row: InsightRow) -> Said:
    """Say where targets are missed most."""
    share, low, high, next_share = (
        phrasing.percent(number_of(row, name)) for name in ("missed_share", "low", "high", "next_missed_share")
    )
    gap_low, gap_high = (f"{100 * end:.0f}" for end in (row.effect.low, row.effect.high))
    gap = {"gap_low": gap_low, "gap_high": gap_high}
    return Said(
        say(f"most_missed_targets.title.{_number(row)}", kinds=_kinds(row, "kinds"), share=share),
        say(
            "most_missed_targets.detail", low=low, high=high, count=phrasing.count(row.n), **gap,
            next_kind=_kinds(row, "next"), next_share=next_share,
        ),
        say("most_missed_targets.action"),
    )  # fmt: skip


def _number(row: InsightRow) -> str:
    return "one" if len(row.facts["kinds"]) == 1 else "two"


def _kinds(row: InsightRow, fact: str) -> str:
    """Return kinds of tickets as they begin a sentence: "Refunds, high priority" or "Refunds and returns together"."""
    said = [_kind(row, each) for each in row.facts[fact]]
    return say("kinds.two", one=said[0], other=f"{said[1][:1].lower()}{said[1][1:]}") if len(said) > 1 else said[0]


def _kind(row: InsightRow, kind: Mapping[str, str]) -> str:
    category = row.names.get(kind["category"], kind["category"])
    return say("kinds.priority", category=category, priority=kind["priority"]) if "priority" in kind else category


def targets_met(row: InsightRow) -> Said:
    """Say whether fewer or more targets are met of late."""
    before, now = (phrasing.percent(number_of(row, name)) for name in ("met_share_before", "met_share"))
    low, high = sorted((abs(100 * row.effect.low), abs(100 * row.effect.high)))
    has_fallen = row.effect.value > 0
    return Said(
        say(f"targets_met.title.{'fell' if has_fallen else 'rose'}", before=before, now=now),
        say(
            "targets_met.detail",
            gap_low=f"{low:.0f}",
            gap_high=f"{high:.0f}",
            count=phrasing.count(row.n),
            count_before=phrasing.count(number_of(row, "target_count_before")),
        ),
        say("targets_met.action.fell") if has_fallen else "",
    )


def most_tickets_a_customer(row: InsightRow) -> Said:
    """Say which customer type writes most, customer by customer."""
    mean, low, high, elsewhere = (
        f"{number_of(row, name):.1f}" for name in ("tickets_a_customer", "low", "high", "tickets_a_customer_elsewhere")
    )
    customers, times = phrasing.plural(row.n, "customer"), words.times(row.effect.low, row.effect.high)
    types = [words.plural_of(str(each["customer_type"])) for each in row.facts["kinds"]]
    who = types[0] if len(types) == 1 else say("kinds.two", one=types[0], other=types[1].lower())
    parts = {"low": low, "high": high, "customers": customers, "elsewhere": elsewhere, "times": times}
    return Said(
        say("most_tickets_a_customer.title", customer_types=who, mean=mean),
        say(f"most_tickets_a_customer.detail.{row.facts['who']}", **parts),
        say("most_tickets_a_customer.action"),
    )
