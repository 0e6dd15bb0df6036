"""What the Overview says: its charts, and what needs somebody now."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from portal.numbers import phrasing
from portal.topics.insights import conclusion as insights_say
from portal.topics.overview.dataset import Attention, AttentionItem, Flow
from portal.topics.overview.sentences import SENTENCES
from portal.widgets.reading_words import so_far

Facts = Mapping[str, Any]

_ENDS: Final = {"week": " at the end of a week", "month": " at the end of a month"}
"""Grain -> when the open tickets of a chart are counted; in between there may have been more."""


def flow(dataset: Flow) -> str:
    """Say whether more came in than went out: the difference is the change of the open tickets."""
    came, went = round(dataset.inflow.total), round(dataset.outflow.total)
    again = f", {phrasing.count(dataset.reopened)} of them opened again" if dataset.reopened else ""
    first, last = dataset.open_before, round(dataset.backlog.points[-1].reading.value or 0)
    if came == went:
        both = f"As many tickets went out as came in ({phrasing.count(came)} each{again})"
        return f"{both}; {phrasing.count(last)} open, as at the start.{_flow_so_far(dataset)}"
    more, fewer = ("came in", "went out") if came > went else ("went out", "came in")
    word = "up" if came > went else "down"
    return (
        f"{phrasing.count(abs(came - went))} more {more} than {fewer} "
        f"({phrasing.count(came)} in{again}; {phrasing.count(went)} out): "
        f"open tickets went {word} from {phrasing.count(first)} to {phrasing.count(last)}.{_flow_so_far(dataset)}"
    )


def _flow_so_far(dataset: Flow) -> str:
    """Return what came and went in the stretch under way; "" where all are over."""
    if not dataset.inflow.is_running:
        return ""
    came, went = (phrasing.count(each.points[-1].reading.value or 0) for each in (dataset.inflow, dataset.outflow))
    return so_far(dataset.inflow, dataset.grain, f"{came} in, {went} out")


def beside_the_flow(dataset: Flow) -> str:
    """Return, for the note, what is counted otherwise and what is in none of the numbers; "" for nothing."""
    said = ""
    if dataset.undated:
        tickets = phrasing.plural(dataset.undated, "ticket")
        said = f" {tickets} solved on a day nobody knows went out on the day of creation."
    kinds = (("merged into others", dataset.merged), ("marked as spam or test", dataset.excluded))
    left = tuple(f"{phrasing.count(number)} {words}" for words, number in kinds if number)
    return f"{said} Never counted: {phrasing.listed(left)}." if left else said


def open_tickets(dataset: Flow) -> str:
    """Say how many are open at the end, and the most there were."""
    points = dataset.backlog.points
    last = points[-1].reading.value or 0
    top = max(points, key=lambda point: point.reading.value or 0)
    most = top.reading.value or 0
    now = f"{phrasing.plural(last, 'ticket')} open {'now' if points[-1].is_running else 'at the end'}"
    ends = _ENDS.get(dataset.grain, "")
    if most <= last:
        return f"{now}, the most{ends} in this period." if len(points) > 1 else f"{now}."
    return f"{now}; the most{ends} was {phrasing.count(most)}, on {phrasing.day(top.last, with_year=True)}."


def attention(item: AttentionItem) -> tuple[str, str]:
    """Return what needs somebody: one sentence, and the numbers behind it."""
    return _ATTENTION[item.kind](item.facts)


def headline(items: tuple[AttentionItem, ...]) -> tuple[AttentionItem | None, AttentionItem | None]:
    """Return the first change that is more than chance, and what falls due or is past that; None where nothing is."""
    return _first(items, _CHANGES), _first(items, _DUE)


def unremarkable(what: str) -> str:
    """Return what is said where no change stands out ("change"), nothing falls due ("due"), or neither ("both")."""
    return SENTENCES[f"headline.none.{what}"]


def _first(items: tuple[AttentionItem, ...], kinds: tuple[Attention, ...]) -> AttentionItem | None:
    found = (item for kind in kinds for item in items if item.kind is kind)
    return next(found, None)


def _overdue(facts: Facts) -> tuple[str, str]:
    title = _say(f"overdue.title.{_number(facts['tickets'])}", tickets=phrasing.plural(facts["tickets"], "open ticket"))
    return title, _say("overdue.detail", parts=_parts(facts))


def _parts(facts: Facts) -> str:
    return phrasing.listed(tuple(phrasing.plural(number, noun) for noun, number in facts["parts"].items() if number))


def _due_tomorrow(facts: Facts) -> tuple[str, str]:
    at = facts["at"]
    parts = {"day": phrasing.weekday_day(at), "time": phrasing.hour(at.hour), "tickets": _plural(facts["tickets"])}
    return _say(f"due_tomorrow.title.{_number(facts['tickets'])}", **parts), _say(
        "due_tomorrow.detail", parts=_parts(facts)
    )


def _due_soon(facts: Facts) -> tuple[str, str]:
    hours = f"{facts['hours']}{phrasing.SPACE}hours"
    return _say("due_soon.title", tickets=_plural(facts["tickets"]), hours=hours), _say("due_soon.detail")


def _surge(facts: Facts) -> tuple[str, str]:
    what = f"surge.what.{facts['dimension'] or 'all'}"
    parts = {
        "what": _say(what, name=facts["name"]) if what in SENTENCES else facts["name"],
        "days": phrasing.plural(facts["days"], "day"),
        "day": phrasing.day(facts["since"]),
        **{name: phrasing.count(facts[name]) for name in ("count", "expected", "usual")},
    }
    since = _say("surge.detail.whole" if facts["is_whole"] else "surge.detail", **parts)
    if facts["is_seasonal"]:
        explained = _say("surge.seasonal", **parts)
        return _say("surge.title.seasonal", **parts), f"{since} {explained}"
    return _say("surge.title", **parts), since


def _old(facts: Facts) -> tuple[str, str]:
    title = _say(f"old.title.{_number(facts['tickets'])}", tickets=_plural(facts["tickets"]))
    return title, _say("old.detail", count=phrasing.count(facts["open"]), days=phrasing.plural(facts["days"], "day"))


def _slower(facts: Facts) -> tuple[str, str]:
    now, before = facts["now"], facts["before"]
    detail = _say(
        "slower.detail",
        now=phrasing.amount(now.value, now.unit),
        before=phrasing.amount(before.value, before.unit),
        count=phrasing.count(now.n),
        count_before=phrasing.count(before.n),
    )
    return _say("slower.title", category=facts["category"]), detail


def _unusual_week(facts: Facts) -> tuple[str, str]:
    week = facts["week"]
    observed, usual = phrasing.count(week.observed), phrasing.count(week.usual)
    return _say(f"unusual_week.title.{week.direction}"), _say("unusual_week.detail", observed=observed, usual=usual)


def _news(facts: Facts) -> tuple[str, str]:
    said = insights_say.insight(facts["insight"])
    return said.title, said.detail


def _number(count: int) -> str:
    return "one" if count == 1 else "many"


def _plural(count: int) -> str:
    return phrasing.plural(count, "ticket")


def _say(sentence: str, **parts: str) -> str:
    return SENTENCES[sentence].format(**parts)


_ATTENTION: Final[Mapping[Attention, Callable[[Facts], tuple[str, str]]]] = {
    Attention.OVERDUE: _overdue,
    Attention.DUE_SOON: _due_soon,
    Attention.DUE_TOMORROW: _due_tomorrow,
    Attention.SURGE: _surge,
    Attention.OLD: _old,
    Attention.SLOWER: _slower,
    Attention.UNUSUAL_WEEK: _unusual_week,
    Attention.NEWS: _news,
}
_CHANGES: Final = (Attention.SURGE, Attention.SLOWER, Attention.UNUSUAL_WEEK)
_DUE: Final = (Attention.DUE_TOMORROW, Attention.DUE_SOON, Attention.OVERDUE)
