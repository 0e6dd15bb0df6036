"""What the Overview says: its charts, and what needs somebody now."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from portal.numbers import phrasing
from portal.topics.insights import conclusion as insights_say
from portal.topics.overview.dataset import Attention, AttentionItem, OpenedAndSolved
from portal.topics.overview.sentences import SENTENCES

Facts = Mapping[str, Any]


def opened_and_solved(dataset: OpenedAndSolved) -> str:
    """Say whether the desk kept up, by the open tickets at both ends of the period."""
    opened, solved = dataset.opened.total, dataset.solved.total
    start = (
        f"{phrasing.count(opened)} {_tickets(opened)} came in and tickets were solved {phrasing.count(solved)} "
        f"{'time' if solved == 1 else 'times'}"
    )
    first, last = dataset.open_before, dataset.backlog.points[-1].reading.value or 0
    if last == first:
        return f"{start}; {phrasing.count(last)} open, as at the start."
    word = "up" if last > first else "down"
    return f"{start}; open tickets went {word} from {phrasing.count(first)} to {phrasing.count(last)}."


def _tickets(number: float) -> str:
    return "ticket" if number == 1 else "tickets"


def open_tickets(dataset: OpenedAndSolved) -> str:
    """Say how many are open at the end, and the most there were."""
    points = dataset.backlog.points
    last = points[-1].reading.value or 0
    top = max(points, key=lambda point: point.reading.value or 0)
    most = top.reading.value or 0
    now = f"{phrasing.plural(last, 'ticket')} open at the end"
    if most <= last:
        return f"{now}, the most of the whole period." if len(points) > 1 else f"{now}."
    return f"{now}; the most was {phrasing.count(most)}, on {phrasing.day(top.last, with_year=True)}."


def attention(item: AttentionItem) -> tuple[str, str]:
    """Return what needs somebody: one sentence, and the numbers behind it."""
    return _ATTENTION[item.kind](item.facts)


def _overdue(facts: Facts) -> tuple[str, str]:
    parts = tuple(phrasing.plural(number, noun) for noun, number in facts["parts"].items() if number)
    title = _say(f"overdue.title.{_number(facts['tickets'])}", tickets=phrasing.plural(facts["tickets"], "open ticket"))
    return title, _say("overdue.detail", parts=phrasing.listed(parts))


def _due_soon(facts: Facts) -> tuple[str, str]:
    hours = f"{facts['hours']}{phrasing.SPACE}hours"
    return _say("due_soon.title", tickets=_plural(facts["tickets"]), hours=hours), _say("due_soon.detail")


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
    Attention.OLD: _old,
    Attention.SLOWER: _slower,
    Attention.UNUSUAL_WEEK: _unusual_week,
    Attention.NEWS: _news,
}
