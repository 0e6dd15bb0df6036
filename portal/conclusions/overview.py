"""What the charts of the Overview say."""

from portal import phrasing
from portal.datasets.overview import Arrivals, CategoryTime, OpenedAndSolved, TicketsOverTime

_FEW = 5
"""Fewer tickets than this are told as a count only."""


def tickets_over_time(dataset: TicketsOverTime, compared_to: str) -> str:
    """Say how many tickets there were, how that compares, and which seven days were busiest.

    Args:
        dataset: The tickets.
        compared_to: Words for the comparison, such as "last year".
    """
    first = f"{phrasing.plural(dataset.tickets, 'ticket')}{_against(dataset, compared_to)}"
    if dataset.busiest is None or dataset.tickets < _FEW:
        return f"{first}."
    span = phrasing.days_between(dataset.busiest.start, dataset.busiest.last)
    return f"{first}. Busiest seven days: {span}, with {phrasing.count(dataset.busiest.reading.value or 0)}."


def _against(dataset: TicketsOverTime, compared_to: str) -> str:
    before = dataset.tickets_before
    if before is None:
        return ""
    if before == 0:
        return f"; none in {compared_to}"
    change = phrasing.relative(dataset.tickets, before)
    if not change:
        return f", as many as in {compared_to}"
    if change.endswith("times"):
        return f", {change} those of {compared_to} ({phrasing.count(before)})"
    word = "fewer" if change.startswith(phrasing.MINUS) else "more"
    return f", {change.lstrip(phrasing.MINUS + '+')} {word} than {compared_to} ({phrasing.count(before)})"


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


def category_times(rows: tuple[CategoryTime, ...], least_n: int = 20) -> str:
    """Say which category takes longest, among those with enough tickets to say so."""
    known = [row for row in rows if row.now.value is not None and row.now.n >= least_n]
    if len(known) <= 1:
        return "Bar: median. Thin line: nine in ten are solved within it."
    ranked = sorted(known, key=lambda row: -(row.now.value or 0))
    slowest, next_one = ranked[0], ranked[1]
    longest = phrasing.amount(slowest.now.value, slowest.now.unit)
    if longest == phrasing.amount(next_one.now.value, next_one.now.unit):
        return f"{slowest.label} and {next_one.label} take longest: half are solved within {longest}."
    return f"{slowest.label} takes longest: half are solved within {longest}."


def arrivals(dataset: Arrivals) -> str:
    """Say when most tickets arrive: the busiest run of hours on the busiest weekday."""
    if dataset.tickets == 0:
        return "No tickets came in."
    if not dataset.hours:
        busiest = max(dataset.weekdays, key=lambda cell: cell.tickets)
        share = phrasing.percent(busiest.tickets / dataset.tickets, dataset.tickets)
        return f"{phrasing.WEEKDAYS[busiest.weekday]}s bring most: {share} of tickets. Dates have no time of day."
    cells = dataset.hours
    peak = max(cells, key=lambda cell: cell.per_week)
    first, last = _run_around(tuple(cell.per_week for cell in cells[peak.weekday * 24 : peak.weekday * 24 + 24]), peak.hour)
    rate = phrasing.count(peak.per_week) if peak.per_week >= 10 else f"{peak.per_week:.1f}"  # noqa: PLR2004 - two digits
    day = phrasing.WEEKDAYS[peak.weekday]
    return f"{day}s {first:02d}:00 to {last + 1:02d}:00 are busiest; {rate} tickets an hour at the peak."


def _run_around(values: tuple[float, ...], peak: int) -> tuple[int, int]:
    """Return the run of hours around the peak that hold at least four fifths of it."""
    least = 0.8 * values[peak]
    first = last = peak
    while first > 0 and values[first - 1] >= least:
        first -= 1
    while last + 1 < len(values) and values[last + 1] >= least:
        last += 1
    return first, last
