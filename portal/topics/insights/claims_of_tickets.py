"""What the insights about tickets, targets and volume say."""

from collections.abc import Mapping
from datetime import timedelta

from analytics.insights.finding import DurationClock
from portal.numbers import phrasing
from portal.topics.insights import words
from portal.topics.insights.dataset import InsightRow
from portal.topics.insights.saying import Said, name_of, number_of, say


def slowest_category(row: InsightRow) -> Said:
    """Say which category takes longest, or which two together."""
    clock, times = row.facts["clock"], words.times(row.effect.low, row.effect.high)
    typical, low, high, next_typical = (
        words.duration(number_of(row, name), in_days=clock == DurationClock.DAYS)
        for name in ("typical_minutes", "low_minutes", "high_minutes", "next_typical_minutes")
    )
    parts = {"low": low, "high": high, "count": phrasing.count(row.n), "times": times, "next_typical": next_typical}
    return Said(
        say(f"slowest_category.title.{clock}_{_number(row)}", kinds=_kinds(row, "kinds"), typical=typical),
        say(f"slowest_category.detail.{clock}", **parts, next_kind=_kinds(row, "next")),
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


def season(row: InsightRow) -> Said:
    """Say what a time of the year brings."""
    start, length = int(number_of(row, "start_half")), int(number_of(row, "half_count"))
    number = "two" if words.is_two_months(start, length) else "one"
    when, change = words.sentence(words.window(start, length)), words.change(row.effect.value)
    return Said(
        say(f"season.title.{number}", when=when, change=change, what=_tickets(row)),
        say(
            "season.detail",
            range=words.change_range(row.effect.low, row.effect.high),
            years=str(row.facts["year_count"]),
            tickets=phrasing.plural(row.n, "ticket"),
        ),
        _season_action(int(number_of(row, "months_until"))) if row.effect.value > 1 else "",
    )


def _season_action(months: int) -> str:
    if months <= 1:
        return say(f"season.action.{'next_month' if months else 'now'}")
    return say("season.action.later", months=phrasing.plural(months, "month"))


def _tickets(row: InsightRow) -> str:
    if not row.facts["category"]:
        return say("tickets.all")
    name = name_of(row, "category")
    return say("tickets.category", category=f"{name[:1].lower()}{name[1:]}")


def odd_days(row: InsightRow) -> Said:
    """Say which days brought more or fewer tickets than expected, and what was different."""
    number = "more" if row.effect.value > 1 else "fewer"
    observed, expected, low, high = (
        phrasing.count(number_of(row, name)) for name in ("observed", "expected", "low", "high")
    )
    when = words.days(row.start, row.end - timedelta(days=1))
    title = f"odd_days.title.{number}"
    return Said(
        say(title, what=_tickets(row), when=when, observed=observed, expected=expected),
        " ".join((say("odd_days.detail", low=low, high=high), *_changes(row))),
        say(f"odd_days.action.{number}"),
    )


def _changes(row: InsightRow) -> tuple[str, ...]:
    changes = row.facts["changes"]
    new = [say("odd_days.word", word=each["value"]) for each in changes if each["what"] == "word"]
    told = [
        say(
            f"odd_days.{each['what']}",
            value=(row.names.get(each["value"], each["value"].replace("_", " ")) or say("odd_days.not_set")).lower(),
            share=phrasing.percent(each["share"]),
            usual_share=phrasing.percent(each["usual_share"]),
        )
        for each in changes
        if each["what"] != "word"
    ]
    return (*([say("odd_days.words", words=", ".join(new))] if new else []), *told)
