"""What the Forecast page says in words."""

from collections.abc import Sequence
from statistics import median
from typing import Final

from analytics.time_units import WEEK_DAYS
from portal.numbers import phrasing
from portal.numbers.phrasing import THIN
from portal.topics.forecast.dataset import DayAhead, FourWeeks, ModelAccuracy, NamedEffect, Outlook, SeriesStatus

MODELS: Final = {
    "combination": "Combined forecast",
    "seasonal_naive": "Repeating last week",
    "same_weekday_mean": "Mean of eight same weekdays",
    "prophet": "Prophet with holidays, alone",
}
_IN_A_SENTENCE: Final = {
    "same_weekday_mean": "the mean of the last eight same weekdays",
    "prophet": "Prophet with holidays alone",
}
_ENOUGH_FOR_A_CHANGE: Final = 20
"""Fewer tickets of a week are more or fewer by half from one week to the next, for no reason."""
_ABSENT: Final = {
    "too_short": (
        "The history is too short to look ahead: eight weeks of tickets are the least.",
        "Import older tickets, or come back in a few weeks.",
    ),
    "all_zero": ("No tickets of this kind came in lately, so there is nothing to look ahead from.", "Choose another."),
}


def absent(status: SeriesStatus | None) -> tuple[str, str]:
    """Return why there is no forecast, and what to do."""
    if status is None:
        return (
            "The forecast has not been made yet.",
            "It is made within the hour; to make it now run: support-analytics etl run forecast_demand",
        )
    return _ABSENT.get(status.outcome, ("There is no forecast of this.", "Choose another."))


def outlook(dataset: Outlook) -> str:
    """Say how many tickets the coming week brings, against the last one, and which coming day is busiest."""
    coming = dataset.ahead[:WEEK_DAYS]
    expected = sum(day.expected for day in coming)
    last = sum(day.tickets for day in dataset.past[-WEEK_DAYS:])
    busiest = max(dataset.ahead[: 4 * WEEK_DAYS], key=lambda day: day.expected)
    change = phrasing.relative(expected, last) if last >= _ENOUGH_FOR_A_CHANGE else ""
    against = f", {change} on the last seven days ({phrasing.count(last)})" if change else ""
    said = f"About {phrasing.plural(expected, 'ticket')} in the next seven days{against}."
    usual = median(day.expected for day in dataset.ahead[: 4 * WEEK_DAYS])
    if round(busiest.expected) == round(usual):
        return f"{said} No day of the next four weeks stands out."
    return f"{said} Busiest of the next four weeks: {phrasing.weekday_day(busiest.day)}, with {_range(busiest)}."


def _range(day: DayAhead) -> str:
    low, high = phrasing.count(day.q10), phrasing.count(day.q90)
    return f"{low} to {high} tickets" if low != high else phrasing.plural(day.q10, "ticket")


def status_note(status: SeriesStatus) -> str:
    """Say what the forecast is, and what of the history it could not use."""
    sentences = [f"Tickets created per day. The bands hold 50, 80 and 95{THIN}% of such days."]
    if status.outcome == "seasonal_naive":
        sentences.append("The combined forecast did not beat repeating last week, so last week is shown.")
    if status.outcome == "constant":
        sentences.append("Every day had the same count, which is rare: check the import. The bands are a guess.")
    if status.outcome == "borrowed":
        sentences.append("Too few tickets for a forecast of their own: the shape of all tickets is used.")
    if status.gap_days:
        sentences.append(f"{phrasing.plural(status.gap_days, 'day')} of the history without tickets left out as gaps.")
    if status.giant_days:
        sentences.append(f"{phrasing.plural(status.giant_days, 'day')} left out as too large to be believed.")
    return " ".join(sentences)


def four_weeks(dataset: FourWeeks) -> str:
    """Say for which days the prediction was made and when, how far it was off in sum, and how often its band held."""
    over = [day for day in dataset.days if day.came is not None]
    said, came = sum(day.expected for day in over), sum(day.came or 0 for day in over)
    held = sum(day.low <= (day.came or 0) <= day.high for day in over)
    verb = "would have been" if dataset.is_replayed else format(phrasing.Counted(round(said)), "was")
    when = "" if dataset.cutoff is None else f" on {phrasing.day(dataset.cutoff)}"
    return (
        f"For {phrasing.days_between(over[0].day, over[-1].day)}, {phrasing.plural(said, 'ticket')} {verb} predicted"
        f"{when}; {phrasing.count(came)} came. {phrasing.count(held)} of {phrasing.plural(len(over), 'day')} fell"
        " within the band."
    )


def accuracy(rows: tuple[ModelAccuracy, ...]) -> str:
    """Say what won, and by how much."""
    found = {row.model_name: row for row in rows if row.source == "backtest" and row.mase is not None}
    best, naive = found.get("combination"), found.get("seasonal_naive")
    if best is None or naive is None or not best.mase or not naive.mase:
        return "No earlier forecast could be held against what came yet."
    better = 1 - best.mase / naive.mase
    if better <= 0:
        return "The combined forecast did not beat repeating last week, so the page shows last week repeated."
    others = [row for row in found.values() if row.model_name not in {"combination", "seasonal_naive"}]
    closest = min(others, key=lambda row: row.mase or 0, default=None)
    first = f"The combined forecast erred {round(100 * better)}{THIN}% less than repeating last week"
    if closest is None or not closest.mase:
        return f"{first}."
    against = round(100 * (1 - best.mase / closest.mase))
    name = _IN_A_SENTENCE.get(closest.model_name, closest.model_name)
    if not against:
        return f"{first}, and as much as {name}."
    return f"{first}, and {abs(against)}{THIN}% {'less' if against > 0 else 'more'} than {name}."


def weekdays(week: Sequence[float]) -> str:
    """Say which weekday brings most and which fewest, each as a share of an average day, from Monday."""
    busiest, quietest = (pick(range(WEEK_DAYS), key=lambda day: week[day]) for pick in (max, min))
    most, least = (round(100 * (week[day] - 1)) for day in (busiest, quietest))
    if most == least:
        return "Every weekday brings as many as the others."
    return (
        f"{phrasing.WEEKDAYS[busiest]}s bring {most}{THIN}% more than an average day, "
        f"{phrasing.WEEKDAYS[quietest]}s {-least}{THIN}% fewer."
    )


def named(effects: Sequence[NamedEffect]) -> str:
    """Say which holiday or event ahead changes most, of those that came more than once."""
    known = [each for each in effects if each.seen > 1]
    if not known:
        return "None of these days has come twice yet, so what they change is not known."
    strongest = max(known, key=lambda each: abs(each.factor - 1))
    return f"{strongest.name} changes most: {factor(strongest.factor)} against an ordinary day of its kind."


def factor(value: float) -> str:
    """Return a factor as a signed percentage: 1.2 reads "+20 %"."""
    return phrasing.signed(phrasing.count(100 * (value - 1)), "%") or "no change"
