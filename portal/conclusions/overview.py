"""What the charts of the Overview say."""

from portal import phrasing
from portal.datasets.overview import OpenedAndSolved


def opened_and_solved(dataset: OpenedAndSolved) -> str:
    """Say whether the desk kept up, by the open tickets at both ends of the period."""
    backlog = dataset.backlog.points
    opened, solved = dataset.opened.total, dataset.solved.total
    start = (
        f"{phrasing.count(opened)} {_tickets(opened)} came in and {phrasing.count(solved)} "
        f"{'was' if solved == 1 else 'were'} solved"
    )
    if len(backlog) <= 1:
        return f"{start}."
    first, last = backlog[0].reading.value or 0, backlog[-1].reading.value or 0
    if last == first:
        return f"{start}; {phrasing.count(last)} open, as at the start."
    word = "up" if last > first else "down"
    return f"{start}; open tickets went {word} from {phrasing.count(first)} to {phrasing.count(last)}."


def _tickets(number: float) -> str:
    return "ticket" if number == 1 else "tickets"
