"""What the charts of tickets and their arrival say."""

from portal.numbers import phrasing
from portal.numbers.reading import Series
from portal.topics.volume.dataset import Arrivals, Changes, MonthsOfYears, Split, TicketsOverTime
from portal.widgets.reading_words import so_far

_FEW = 5
"""Fewer tickets than this are told as a count only."""
_FEW_AN_HOUR = 10
"""With fewer at the peak, another hour is as likely to be the busiest."""

NOT_COMPARED = "Nothing is compared: choose a comparison, or fewer days."
_MOST_NAMED = 3


def changes(dataset: Changes) -> str:
    """Say how many more tickets there were, and which parts changed by more than chance."""
    whole = _whole_change(dataset)
    named = tuple(f"{part.label} {signed(part.change)}" for part in dataset.parts if part.is_clear)
    if not named:
        return f"{whole}; no {dataset.dimension} changed by more than chance."
    more = f" and {len(named) - _MOST_NAMED} more" if len(named) > _MOST_NAMED else ""
    return f"{whole}. More than chance: {', '.join(named[:_MOST_NAMED])}{more}."


def _whole_change(dataset: Changes) -> str:
    if not dataset.change:
        return "As many tickets as before"
    word = "more" if dataset.change > 0 else "fewer"
    doubt = "" if dataset.is_clear else ", which may be chance"
    tickets = "ticket" if abs(dataset.change) == 1 else "tickets"
    return f"{phrasing.count(abs(dataset.change))} {word} {tickets} than before{doubt}"


def signed(change: int) -> str:
    """Return a change with its sign: "+71", "−8", "0"."""
    return f"+{phrasing.count(change)}" if change > 0 else phrasing.count(change)


def tickets_over_time(dataset: TicketsOverTime, compared_to: str) -> str:
    """Say how many tickets there were, how that compares, and which seven days were busiest.

    Args:
        dataset: The tickets.
        compared_to: Words for the comparison, such as "last year".
    """
    first = f"{phrasing.plural(dataset.tickets, 'ticket')}{_against(dataset, compared_to)}"
    running = so_far(dataset.current, dataset.grain)
    if dataset.busiest is None or dataset.tickets < _FEW:
        return f"{first}.{running}"
    years = {year for point in dataset.current.points for year in (point.start.year, point.last.year)}
    span = phrasing.days_between(dataset.busiest.start, dataset.busiest.last, with_year=len(years) > 1)
    return f"{first}. Busiest seven days: {span}, with {phrasing.count(dataset.busiest.reading.value or 0)}.{running}"


def _against(dataset: TicketsOverTime, compared_to: str) -> str:
    """Return how the tickets compare; without the last day where that is not over: half a day is no day."""
    before = dataset.tickets_before
    if before is None:
        return ""
    if before == 0:
        return f"; none in {compared_to}"
    if dataset.up_to_yesterday is None:
        return f", {_than(dataset.tickets, before, f'in {compared_to}')}"
    now, then = dataset.up_to_yesterday
    return f"; up to the day before {_than(now, then, f'by then in {compared_to}')}" if then else ""


def _than(now: int, before: int, when: str) -> str:
    change = phrasing.relative(now, before)
    if not change:
        return f"as many as {when}"
    if change.endswith("times"):
        return f"{change} those {when} ({phrasing.count(before)})"
    word = "fewer" if change.startswith(phrasing.MINUS) else "more"
    return f"{change.lstrip(phrasing.MINUS + '+')} {word} than {when} ({phrasing.count(before)})"


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
    if peak.tickets < _FEW_AN_HOUR:
        return "Too few tickets to say which hours of the week are busiest."
    first, last = _run_around(
        tuple(cell.per_week for cell in cells[peak.weekday * 24 : peak.weekday * 24 + 24]), peak.hour
    )
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


def split(dataset: Split) -> str:
    """Say which part is largest, and which grew or shrank most in tickets against the comparison."""
    named = [part for part in dataset.parts if part.trend.position is not None]
    if not named or not dataset.tickets:
        return "No tickets came in."
    if dataset.tickets == 1:
        return f"The only ticket has the {dataset.dimension} {named[0].trend.label}."
    if len(dataset.parts) == 1:
        return (
            f"All {phrasing.count(dataset.tickets)} tickets have the same {dataset.dimension}: {named[0].trend.label}."
        )
    largest = max(named, key=lambda part: part.tickets)
    share = phrasing.percent(largest.tickets / dataset.tickets, dataset.tickets)
    first = f"{largest.trend.label}: {share} of tickets, the largest part"
    compared = [part for part in named if part.before is not None]
    if not compared:
        return f"{first}."
    moved = max(compared, key=lambda part: abs(part.tickets - (part.before or 0)))
    difference = moved.tickets - (moved.before or 0)
    if abs(difference) < _FEW:
        return f"{first}; no part changed by more than a few tickets."
    word = "more" if difference > 0 else "fewer"
    return f"{first}. Largest change: {moved.trend.label}, {phrasing.count(abs(difference))} {word}."


_MONTHS_OF_A_YEAR = 12


def months_of_years(dataset: MonthsOfYears) -> str:
    """Say which month was the busiest of each whole year."""
    busiest = {year.label: _busiest_months(year) for year in dataset.years if _is_whole(year)}
    found = {label: months for label, months in busiest.items() if months}
    if not found:
        return "There is no whole year of tickets yet, so no season can be seen."
    years = tuple(found)
    if len(set(found.values())) > 1:
        return f"The busiest month differs: {phrasing.listed(tuple(f'{found[year]} in {year}' for year in years))}."
    if len(years) == 1:
        return f"{found[years[0]]} had the most tickets of {years[0]}."
    return f"{found[years[0]]} had the most tickets in each of {phrasing.listed(years)}."


def _is_whole(year: Series) -> bool:
    return len(year.points) == _MONTHS_OF_A_YEAR and not year.is_running


def _busiest_months(year: Series) -> str:
    """Return the month with most tickets, or the months that share the first place; "" for a year without tickets."""
    most = max(point.reading.value or 0 for point in year.points)
    if not most:
        return ""
    return phrasing.listed(tuple(f"{point.start:%B}" for point in year.points if point.reading.value == most))
