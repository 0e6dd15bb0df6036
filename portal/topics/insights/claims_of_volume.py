"""What the insights about times of the year, bulk days and odd days say."""

from datetime import date, timedelta
from typing import Final

from analytics.vocabulary import EVENT_TIME, MOVING_TIMES
from portal.numbers import phrasing
from portal.topics.insights import words
from portal.topics.insights.dataset import InsightRow
from portal.topics.insights.saying import Said, name_of, number_of, say

_NEAR_DAYS: Final = 90
"""So long before it comes there is something to do about a season."""
_MOST: Final = 0.5
"""So large a share of a day's tickets in one minute was hardly written by as many customers."""


def season(row: InsightRow) -> Said:
    """Say what a time of the year brings."""
    return Said(
        say("season.title", when=_when(row), change=words.change(row.effect.value), what=_tickets(row)),
        say(
            "season.detail",
            range=words.change_range(row.effect.low, row.effect.high),
            years=str(row.facts["year_count"]),
            tickets=phrasing.plural(row.n, "ticket"),
        ),
        _season_action(row) if row.effect.value > 1 else "",
    )


def _when(row: InsightRow) -> str:
    """Return a time of the year by its dates, or by its name where it moves through the year."""
    name = str(row.facts.get("name", ""))
    if name in MOVING_TIMES:
        return say(f"season.time.{name}")
    if name.startswith(EVENT_TIME):
        return say("season.time.event", event=name.removeprefix(EVENT_TIME))
    dates = words.dates_of_a_year(row.start, row.end - timedelta(days=1))
    return say("season.time.named", dates=dates, name=say(f"season.name.{name}")) if name else dates


def _season_action(row: InsightRow) -> str:
    """Say when it comes next, once that is near; while it is far off there is nothing to do."""
    if "next_first" not in row.facts or number_of(row, "days_until") > _NEAR_DAYS:
        return ""
    first, last = (date.fromisoformat(str(row.facts[name])) for name in ("next_first", "next_last"))
    if number_of(row, "days_until"):
        return say("season.action.ahead", dates=words.days(first, last))
    return say("season.action.now", last=words.day(last))


def _tickets(row: InsightRow) -> str:
    if not row.facts["category"]:
        return say("tickets.all")
    name = name_of(row, "category")
    is_a_name = not name[1:].islower()
    return say("tickets.category", category=name if is_a_name else f"{name[:1].lower()}{name[1:]}")


def bulk_day(row: InsightRow) -> Said:
    """Say which day has more tickets than any model of days explains, and what is known of how they came."""
    observed, low, high = (phrasing.count(number_of(row, name)) for name in ("observed", "low", "high"))
    when, usual = words.day(row.start), phrasing.count(number_of(row, "expected"))
    usual = say("bulk_day.none") if usual == "0" else usual
    return Said(
        say("bulk_day.title", observed=observed, what=_tickets(row), when=when, usual=usual),
        " ".join((say("bulk_day.detail", low=low, high=high), _how_they_came(row), *_changes(row))),
        say("bulk_day.action"),
    )


def _how_they_came(row: InsightRow) -> str:
    """Say whether one minute made most of a day's tickets; dates without times do not tell."""
    if row.facts.get("same_minute") is None:
        return say("bulk_day.no_times")
    in_one, observed = number_of(row, "same_minute"), number_of(row, "observed")
    if in_one < _MOST * observed:
        return say("bulk_day.spread", number=phrasing.count(in_one))
    return say("bulk_day.one_minute", number=phrasing.count(in_one))


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
