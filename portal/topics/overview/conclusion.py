"""What the charts of the Overview say."""

from portal.numbers import phrasing
from portal.topics.overview.dataset import OpenedAndSolved


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
