"""What the insights about tickets, targets, ratings and volume say."""

from datetime import timedelta

from portal.numbers import phrasing
from portal.topics.insights import words
from portal.topics.insights.dataset import InsightRow
from portal.topics.insights.saying import Said, name_of, number_of, say


def slowest_category(row: InsightRow) -> Said:
    """Say which category takes longest."""
    facts = row.facts
    title = f"slowest_category.title.{facts['clock']}"
    return Said(
        say(title, category=name_of(row, "category"), mean=words.duration(number_of(row, "mean_minutes"))),
        say(
            "slowest_category.detail",
            low=words.duration(number_of(row, "low_minutes")),
            high=words.duration(number_of(row, "high_minutes")),
            count=phrasing.count(row.n),
            times=words.times(row.effect.low, row.effect.high),
            next_category=name_of(row, "next_category"),
            next_mean=words.duration(number_of(row, "next_mean_minutes")),
        ),
        say("slowest_category.action"),
    )


def most_missed_targets(row: InsightRow) -> Said:
    """Say where targets are missed most."""
    share, priority = phrasing.percent(number_of(row, "missed_share")), str(row.facts["priority"])
    return Said(
        say("most_missed_targets.title", category=name_of(row, "category"), priority=priority, share=share),
        say(
            "most_missed_targets.detail",
            low=phrasing.percent(number_of(row, "low")),
            high=phrasing.percent(number_of(row, "high")),
            count=phrasing.count(row.n),
            gap_low=f"{100 * row.effect.low:.0f}",
            gap_high=f"{100 * row.effect.high:.0f}",
        ),
        say("most_missed_targets.action"),
    )


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
    """Say which customer type writes most."""
    mean, low, high, elsewhere = (
        f"{number_of(row, name):.1f}" for name in ("tickets_a_customer", "low", "high", "tickets_a_customer_elsewhere")
    )
    customers, times = phrasing.plural(row.n, "customer"), words.times(row.effect.low, row.effect.high)
    return Said(
        say("most_tickets_a_customer.title", customer_type=words.plural_of(str(row.facts["customer_type"])), mean=mean),
        say(
            "most_tickets_a_customer.detail",
            low=low,
            high=high,
            customers=customers,
            elsewhere=elsewhere,
            times=times,
        ),
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


def quick_replies(row: InsightRow) -> Said:
    """Say how much better tickets are rated that were answered sooner."""
    word = "better" if row.effect.value > 0 else "worse"
    median, points = words.duration(number_of(row, "median_minutes")), f"{abs(row.effect.value):.2f}"
    low, high = sorted((abs(row.effect.low), abs(row.effect.high)))
    ratings = phrasing.plural(row.n, "rating")
    return Said(
        say(f"quick_replies.title.{word}", median=median, points=points),
        say(f"quick_replies.detail.{word}", low=f"{low:.2f}", high=f"{high:.2f}", ratings=ratings),
        say("quick_replies.action"),
    )
