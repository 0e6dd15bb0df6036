"""What the insights that other analyses found say: ratings, agents, leaving, demand ahead, the roster."""

from portal.numbers import phrasing
from portal.topics.drivers.conclusion import claim as driver_claim
from portal.topics.insights import words
from portal.topics.insights.dataset import InsightRow
from portal.topics.insights.saying import Said, number_of, say


def driver(row: InsightRow) -> Said:
    """Say what goes with ratings, all else held equal, as the page about them does."""
    slug, is_supported = str(row.facts["driver"]), bool(row.facts["is_supported"])
    means = None
    if "same_agent_mean" in row.facts:
        means = (number_of(row, "same_agent_mean"), number_of(row, "several_agents_mean"))
    return Said(driver_claim(slug, row.effect.value, means, is_supported=is_supported), say("driver.detail"))


def agents_differ(row: InsightRow) -> Said:
    """Say how many agents differ for the worse from what is expected; nobody is named."""
    worse = int(number_of(row, "worse_count"))
    agents = phrasing.plural(number_of(row, "compared_count"), "agent")
    title = f"agents.title.{row.claim.value}_{'one' if worse == 1 else 'many'}"
    tickets = phrasing.plural(row.n, "ticket")
    if row.effect.unit == "rating":
        low, high = (f"{abs(end):.2f}" for end in (row.effect.high, row.effect.low))
        detail = say("agents.detail.rating", low=low, high=high, tickets=phrasing.plural(row.n, "rating"))
    else:
        low, high = (f"{end:.2f}" for end in (row.effect.low, row.effect.high))
        detail = say("agents.detail.times", low=low, high=high, tickets=tickets)
    return Said(say(title, worse=str(worse), agents=agents), detail, say("agents.action"))


def leaving_after_experience(row: InsightRow) -> Said:
    """Say how much more often customers leave after something they went through."""
    return _leaving(row, say(f"leaving.{row.facts['experience']}"), "experience")


def leaving_after_category(row: InsightRow) -> Said:
    """Say how much more often customers leave after tickets of a category."""
    slug = str(row.facts["category"])
    name = row.names.get(slug, slug.replace("_", " ").capitalize())
    return _leaving(row, say("leaving.category", category=name), "category")


def _leaving(row: InsightRow, what: str, kind: str) -> Said:
    title = say("leaving.title", ratio=f"{row.effect.value:.1f}", what=what)
    return Said(title, say("leaving.detail"), say(f"leaving.action.{kind}"))


def demand_ahead(row: InsightRow) -> Said:
    """Say how the coming four weeks compare with the last four."""
    ratio = row.effect.value
    times, count = words.times(row.effect.low, row.effect.high), phrasing.count(row.n)
    return Said(
        say(f"demand_ahead.title.{'as' if words.is_told_in_times(ratio) else 'than'}", change=words.change(ratio)),
        say("demand_ahead.detail", times=times, count=count),
        say(f"demand_ahead.action.{'more' if ratio > 1 else 'fewer'}"),
    )


def short_roster(row: InsightRow) -> Said:
    """Say in how many hours of the coming week the roster is short."""
    hours, all_hours = phrasing.plural(row.effect.value, "hour"), phrasing.plural(row.n, "hour")
    low, high = phrasing.count(row.effect.low), phrasing.count(row.effect.high)
    return Said(
        say("short_roster.title", hours=hours, when=_hour(row)),
        say("short_roster.detail", low=low, high=high, all_hours=all_hours),
        say("short_roster.action"),
    )


def _hour(row: InsightRow) -> str:
    weekday = phrasing.WEEKDAYS[int(number_of(row, "weekday"))]
    return say("hour", weekday=weekday, hour=phrasing.hour(int(number_of(row, "hour"))))
