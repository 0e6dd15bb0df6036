"""Resolution times by cohort of creation. Open tickets are included, as censored at their present age."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa

from analytics.histograms import bucket_sql, bucket_value
from analytics.metrics import METRICS
from analytics.survival import SurvivalMedian, SurvivalStep, survival_curve, survival_median
from analytics.time_units import MINUTE_SECONDS
from warehouse.metric_query.durations import duration_groups, with_exact
from warehouse.metric_query.grains import CALENDAR_GRAINS
from warehouse.metric_query.model import Key, UnanswerableQueryError
from warehouse.metric_query.names import Names
from warehouse.metric_query.periods import Stretch
from warehouse.metric_query.small_groups import EXACT_BELOW
from warehouse.metric_query.sources import ParameterBag, fact_source
from warehouse.rollups.declaration import COUNTERS, OPEN


@dataclass(frozen=True, slots=True)
class Cohort:
    """The resolution times of tickets created in one day, week or month.

    Attributes:
        key: First day of the day or week; a month as "2016-01", a quarter as "2016-Q1", a year as "2016".
        unit: minutes, or days if only the dates of all tickets are known.
        median: Kaplan-Meier median with its confidence interval.
        curve: The Kaplan-Meier estimate.
    """

    key: Key
    unit: str
    median: SurvivalMedian
    curve: tuple[SurvivalStep, ...]


def answer_cohorts(connection: sa.Connection, names: Names, start: date, end: date, grain: str) -> tuple[Cohort, ...]:
    """Return the full resolution time of each cohort of creation; open tickets are censored at the last refresh.

    Raises:
        UnanswerableQueryError: If the grain is not one of the calendar.
    """
    if grain not in CALENDAR_GRAINS:
        message = f"Tickets cannot be put into cohorts by {grain!r}."
        raise UnanswerableQueryError(message, f"Choose from: {', '.join(CALENDAR_GRAINS)}.")
    by_grain = replace(names, by=(grain,))
    cohorts: dict[Key, dict[bool, list[tuple[float, bool, int]]]] = {}
    for key, is_days, amount, is_closed, count in (
        *_closed(connection, by_grain, start, end),
        *_open(connection, by_grain, start, end),
    ):
        cohorts.setdefault(key, {}).setdefault(is_days, []).append((amount, is_closed, count))
    is_days = all(False not in kinds for kinds in cohorts.values())
    unit = "days" if cohorts and is_days else "minutes"
    return tuple(
        Cohort(key, unit, survival_median(kinds[is_days]), survival_curve(kinds[is_days]))
        for key, kinds in sorted(cohorts.items(), key=lambda item: str(item[0]))
        if is_days in kinds
    )


_Count = tuple[Key, bool, float, bool, int]
"""Cohort, whether the unit is days, duration, whether closed, number of tickets."""


def _closed(connection: sa.Connection, names: Names, start: date, end: date) -> Iterator[_Count]:
    metric = METRICS["resolution_time_by_creation"]
    groups = duration_groups(connection, metric, names, start, end)
    for group in with_exact(connection, metric, names, start, end, groups):
        for amount, n in group.amounts():
            yield names.key(0, group.keys[0]), group.is_days, amount, True, n


def _open(connection: sa.Connection, names: Names, start: date, end: date) -> Iterator[_Count]:
    """Yield the ages of the tickets that are open at the last refresh."""
    bag = ParameterBag()
    source = fact_source(COUNTERS["created"], Stretch(start, end, None), names)
    age = "date_part('epoch', version.refreshed_at - ticket.created_at)::bigint"
    days_old = "(version.refreshed_at at time zone version.time_zone)::date - ticket.created_date"
    key = source.keys(names)[0]
    is_exact = f"count(*) over (partition by {key}) < {EXACT_BELOW}"
    statement = (
        "select cohort, is_date_only, is_exact, amount, count(*) from ("
        f"select {key} as cohort, is_date_only, {is_exact} as is_exact,"
        f" case when is_date_only then {days_old} when {is_exact} then {age} else {bucket_sql(age)} end as amount"
        " from marts.fct_tickets as ticket cross join ops.data_version as version"
        f" where {source.condition(names, bag)} and {OPEN}) as ages group by 1, 2, 3, 4"
    )
    for cohort, is_days, exactly, amount, n in connection.execute(sa.text(statement), bag.values):
        seconds = amount if exactly else bucket_value(amount)
        yield names.key(0, cohort), is_days, float(amount) if is_days else seconds / MINUTE_SECONDS, False, n
