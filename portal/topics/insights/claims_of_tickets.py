"""What the insights about tickets, targets and ratings say."""

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
