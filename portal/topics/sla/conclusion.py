"""What the SLA page says of its numbers."""

from portal.numbers import phrasing
from portal.topics.sla.dataset import AboutToMiss, KeptPart, KeptSplit, KeptTrend
from portal.topics.sla.sentences import SENTENCES
from portal.widgets.reading_words import so_far

_LEAST_N = 30


def due(dataset: AboutToMiss) -> str:
    """Say how many tickets are about to miss a target, and when."""
    if not dataset.count:
        return f"{SENTENCES['due.none']}."
    groups = [
        f"{phrasing.count(group.count)} {phrasing.in_sentence(SENTENCES[f'group.{group.when}'])}"
        for group in dataset.groups
        if group.count
    ]
    number = "one" if dataset.count == 1 else "many"
    said = SENTENCES[f"due.{number}"].format(tickets=phrasing.plural(dataset.count, "ticket"))
    return f"{said}: {phrasing.listed(tuple(groups))}."


def headline(dataset: AboutToMiss, kept: KeptSplit) -> str:
    """Say in one sentence what is about to be missed, and which policy is kept clearly worse or better than before."""
    number = "one" if dataset.count == 1 else "many"
    words = SENTENCES[f"due.{number}" if dataset.count else "due.none"]
    return f"{words.format(tickets=phrasing.plural(dataset.count, 'ticket'))}; {_kept(kept)}."


def _kept(kept: KeptSplit) -> str:
    moved = [part for part in kept.parts if part.judged.has_tone and _change(part) is not None]
    worst = min(moved, key=lambda part: _change(part) or 0, default=None)
    if worst is not None and worst.before is not None:
        words = SENTENCES["worse" if (_change(worst) or 0) < 0 else "better"]
        now, before = (phrasing.percent(each.value or 0, each.n) for each in (worst.now, worst.before))
        return words.format(name=worst.label, now=now, before=before)
    n = sum(part.now.n for part in kept.parts)
    if not n:
        return SENTENCES["nothing_kept"]
    met = sum(round((part.now.value or 0) * part.now.n) for part in kept.parts)
    return SENTENCES["kept"].format(now=phrasing.percent(met / n, n), tickets=phrasing.plural(n, "ticket"))


def _change(part: KeptPart) -> float | None:
    if part.before is None or part.before.value is None or part.now.value is None:
        return None
    return part.now.value - part.before.value


def unassigned(dataset: AboutToMiss) -> str:
    """Say how many of the tickets about to miss a target nobody is assigned to; "" for none."""
    if not dataset.unassigned:
        return ""
    if dataset.count == 1:
        return SENTENCES["due.one_unassigned"]
    words = SENTENCES["due.unassigned.one" if dataset.unassigned == 1 else "due.unassigned.many"]
    return words.format(count=phrasing.count(dataset.count), unassigned=phrasing.count(dataset.unassigned))


def split(dataset: KeptSplit) -> str:
    """Say which part missed most tickets, or which kept the smallest share where time is what is split by."""
    if not any(part.missed for part in dataset.parts):
        return SENTENCES["split.none"]
    enough = [part for part in dataset.parts if part.now.n >= _LEAST_N and part.now.value is not None]
    if enough and dataset.by in {"weekday", "hour", "sla_policy"}:
        worst = min(enough, key=lambda part: part.now.value or 0)
        share = phrasing.percent(worst.now.value or 0, worst.now.n)
        return SENTENCES["split.worst"].format(name=worst.label, share=share, n=phrasing.count(worst.now.n))
    most = max(dataset.parts, key=lambda part: part.missed)
    missed, n = phrasing.count(most.missed), phrasing.plural(most.now.n, "ticket")
    return SENTENCES["split.first"].format(name=most.label, missed=missed, n=n)


def trend(dataset: KeptTrend) -> str:
    """Say how the share went over the whole stretches of the period."""
    known = [point for point in dataset.tickets.points if point.reading.value is not None and not point.is_running] or [
        point for point in dataset.tickets.points if point.reading.value is not None
    ]
    first, last = known[0], known[-1]
    now = phrasing.percent(last.reading.value or 0, last.reading.n)
    words = phrasing.stretch(last.start, last.last, dataset.grain)
    if first is last:
        return f"{now} of tickets met every target, {words}."
    low = min(known, key=lambda point: point.reading.value or 0)
    least = phrasing.percent(low.reading.value or 0, low.reading.n)
    when = phrasing.stretch(low.start, low.last, dataset.grain)
    lowest = "the lowest of the period" if low is last else f"the lowest was {least}, {when}"
    return f"{now} of tickets met every target, {words}; {lowest}.{so_far(dataset.tickets, dataset.grain)}"
