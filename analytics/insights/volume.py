"""Findings about how many tickets come: times of the year, and odd days."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from math import log
from typing import Final

from analytics import pages
from analytics.anomalies import Anomaly
from analytics.calendar_design import HALVES, Window
from analytics.insights import words
from analytics.insights.finding import Effect, Finding, Topic
from analytics.seasonality import Season
from analytics.what_changed import Change

_LAST_DAY: Final = 31
_WHATS: Final = {"category": "filed as", "channel": "through", "customer_type": "from"}


def season_findings(
    seasons: Sequence[tuple[str, Season]], names: Mapping[str, str], shares: Mapping[str, float], last: date
) -> list[Finding]:
    """Return a finding for each time of the year that was looked at.

    Args:
        seasons: (category, season); category "" is all tickets.
        names: Category -> its name for a manager.
        shares: Category -> its share of all tickets.
        last: Last day of the data; the finding links to the latest time the season occurred before it.
    """
    found = []
    for category, season in seasons:
        lift, when = season.lift, words.window(season.window)
        what = _what(category, names)
        verb = "bring" if season.window.length > 2 and " and " in when else "brings"  # noqa: PLR2004 - two months take the plural
        title = f"{words.sentence(when)} {verb} {words.change(lift.ratio)} {what}"
        detail = (
            f"{words.change_range(lift.low, lift.high)} against the same weekdays and trend at other times, seen in"
            f" {len(lift.yearly)} years, n {words.plural(lift.tickets, 'ticket')}."
        )
        start, end = latest(season.window, last)
        action = _season_action(season.window, last) if lift.ratio > 1 else ""
        weight = shares.get(category, 1.0) * abs(log(lift.ratio)) * season.window.length / 4
        where = {"category": (category,)} if category else {}
        found.append(
            Finding(
                Topic.SEASON, f"{category}:{season.window.start}", title, detail, action,
                Effect(lift.ratio, lift.low, lift.high, "times"), lift.tickets, lift.p_value, weight, "neutral",
                start, end, pages.VOLUME, where,
            )
        )  # fmt: skip
    return found


def _what(category: str, names: Mapping[str, str]) -> str:
    name = names.get(category, category)
    return f"{name[:1].lower()}{name[1:]} tickets" if category else "tickets"


def _season_action(window: Window, last: date) -> str:
    months = (window.start // 2 + 1 - last.month) % 12
    when = "next month" if months == 1 else f"in {words.plural(months, 'month')}" if months else "now or within weeks"
    return f"It begins again {when}: plan people for it, and put answers to its usual questions on the site before."


def latest(window: Window, last: date) -> tuple[date, date]:
    """Return the latest time a window occurred and ended: its first day, and the first day after it."""
    for year in (last.year, last.year - 1, last.year - 2):
        end_half = window.start + window.length
        start, end = _half(year, window.start), _half(year + end_half // HALVES, end_half % HALVES)
        if end <= last + timedelta(days=1):
            return start, end
    raise AssertionError(window)


def _half(year: int, half: int) -> date:
    return date(year, half // 2 + 1, 16 if half % 2 else 1)


def odd_day_findings(
    anomalies: Sequence[tuple[Anomaly, Sequence[Change]]], names: Mapping[str, str], usual: float
) -> list[Finding]:
    """Return a finding for each odd stretch of days.

    Args:
        anomalies: Each anomaly with what was different on its days.
        names: Category -> its name for a manager.
        usual: Usual tickets a day of the whole desk; the weight of a finding is relative to it.
    """
    found = []
    for each, changes in anomalies:
        what = _what(each.series, names)
        ratio = each.observed / max(each.expected, 0.5)
        when, more = words.days(each.first, each.last), "More" if ratio > 1 else "Fewer"
        title = f"{more} {what} than expected on {when}: {words.count(each.observed)}, not {words.count(each.expected)}"
        detail = (
            f"{words.count(each.low)} to {words.count(each.high)} would have been usual for these days, season and"
            f" holidays allowed for.{_changes(changes, names)}"
        )
        action = (
            "Look at what they have in common, and put the answer where they start."
            if ratio > 1
            else ("Check that nothing kept customers from writing.")
        )
        effect = Effect(ratio, each.observed / max(each.high, 0.5), each.observed / max(each.low, 0.5), "times")
        where = {"category": (each.series,)} if each.series else {}
        found.append(
            Finding(
                Topic.ODD_DAYS, f"{each.series}:{each.first}", title, detail, action, effect,
                max(each.observed, round(each.expected)), each.q_value,
                abs(each.observed - each.expected) / max(30 * usual, 1.0), "bad" if ratio > 1 else "neutral",
                each.first, each.last + timedelta(days=1), pages.TICKETS, where, {"metric": "created"},
            )
        )  # fmt: skip
    return found


def _changes(changes: Sequence[Change], names: Mapping[str, str]) -> str:
    new_words = [f"\u201c{each.value}\u201d" for each in changes if each.what == "word"]
    sentences = [f" New words: {', '.join(new_words)}."] if new_words else []
    for each in changes:
        if each.what in _WHATS:
            name = names.get(each.value, each.value.replace("_", " ")) or "not set"
            share = f"{words.percent(each.share)} of them, usually {words.percent(each.usual_share)}"
            sentences.append(f" Mostly {_WHATS[each.what]} {name.lower()}: {share}.")
    return "".join(sentences)
