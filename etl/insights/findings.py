"""Reads the marts, and looks at everything that may become an insight."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import sqlalchemy as sa

from analytics.anomalies import Anomaly
from analytics.calendar_design import Window
from analytics.case_mix import Codes
from analytics.insights.finding import Effect, Finding, Gap, Missing, Topic
from analytics.insights.targets import targets_at_risk
from analytics.insights.tickets import Kinds, clearest, slowest, support_need, worst_targets
from analytics.insights.volume import KnownOddDays, KnownSeason, odd_day_findings, season_findings
from analytics.named_times import name_of
from analytics.quasi_poisson import Floats
from analytics.seasonality import LEAST_DAYS
from analytics.takes_longest import takes_longest
from analytics.time_units import WEEK_DAYS
from analytics.vocabulary import EVENT_TIME, NOT_SET_ID, SlaState
from analytics.what_changed import Change
from etl.insights.tickets import MOSTLY, daily_tickets, durations, labels
from etl.marts.holidays import followed_countries
from etl.running.sql import read_sql
from warehouse import metric_query
from warehouse.metric_query import MetricQuery
from warehouse.tables.insights import seasonal_lifts, volume_anomalies

_JUDGED = (SlaState.MET, SlaState.MISSED)
_LEAST_TARGETS = 60
_MOSTLY_RECORDED = 0.5


@dataclass(slots=True)
class Found:
    """The findings of a look at the data, and the gaps: topics that could not be looked at."""

    findings: list[Finding] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)


def ticket_findings(connection: sa.Connection, tickets: pd.DataFrame, period: tuple[date, date]) -> Found:
    """Look at what takes longest, where targets are missed, and who writes most."""
    found = Found()
    _durations(connection, tickets, period, found)
    _targets(connection, tickets, period, found)
    _customers(connection, tickets, period, found)
    return found


def _durations(connection: sa.Connection, tickets: pd.DataFrame, period: tuple[date, date], found: Found) -> None:
    solved = tickets[tickets["resolved_date"].notna()]
    values, clock = durations(solved, "resolution")
    known = solved[values.notna()]
    minutes = np.asarray(values[values.notna()], dtype=np.float64)
    kinds = _categories(connection, known)
    longest = _longest(connection, kinds, period)
    findings = slowest(minutes, kinds, _weeks(known["resolved_date"]), clock, period, longest)
    if not findings:
        missing = Missing.FEW_SOLVED if len(solved) else Missing.NO_SOLVED_DATES
        found.gaps.append(Gap(Topic.SLOWEST, missing, {"solved_count": len(solved), "known_count": len(known)}))
    found.findings += findings


def _longest(connection: sa.Connection, kinds: Kinds, period: tuple[date, date]) -> dict[int, float]:
    """Return the kinds that the pages name as taking longest in the same period, each with their median of it."""
    answer = metric_query.run(connection, MetricQuery("resolution_time", *period, ("category",)))
    medians = {row.keys[0]: (row.value, row.n) for row in answer.rows if row.value is not None}
    named = set(takes_longest(medians))
    subjects = {code: kinds.subject([code]) for code in kinds.sizes()}
    found = {code: medians[subject][0] for code, subject in subjects.items() if subject in named}
    # One with few tickets, and that of tickets without a category, is named by the pages alone.
    return found if len(found) == len(named) else {}


def _targets(connection: sa.Connection, tickets: pd.DataFrame, period: tuple[date, date], found: Found) -> None:
    judged = tickets[tickets["first_reply_sla"].isin(_JUDGED) | tickets["resolution_sla"].isin(_JUDGED)]
    if len(judged) < _LEAST_TARGETS:
        found.gaps.append(Gap(Topic.WORST_TARGETS, Missing.FEW_TARGETS))
        return
    is_missed = _flags((judged["first_reply_sla"] == SlaState.MISSED) | (judged["resolution_sla"] == SlaState.MISSED))
    weeks = _weeks(judged["created_date"])
    found.findings += clearest(
        worst_targets(is_missed, _pairs(connection, judged), weeks, period),
        worst_targets(is_missed, _categories(connection, judged), weeks, period),
    )
    last = pd.Timestamp(period[1]) - pd.Timedelta(days=1)
    # A first reply that never came was missed when the ticket was solved.
    ends = (tickets["first_reply_date"].fillna(tickets["resolved_date"]), tickets["resolved_date"])
    parts = [
        (_flags(tickets[sla][is_judged] == SlaState.MISSED), (last - end[is_judged]).dt.days)
        for sla, end in zip(("first_reply_sla", "resolution_sla"), ends, strict=True)
        for is_judged in [tickets[sla].isin(_JUDGED)]
    ]
    ages = np.concatenate([np.asarray(days, dtype=np.float64) for _, days in parts])
    missed = np.concatenate([flags for flags, _ in parts])
    found.findings += targets_at_risk(missed, np.nan_to_num(ages, nan=-1.0).astype(np.int64), last.date())


def _customers(connection: sa.Connection, tickets: pd.DataFrame, period: tuple[date, date], found: Found) -> None:
    types = {value: number for number, value in labels(connection, "customer_type").items() if number != NOT_SET_ID}
    people, is_everybody = _people(connection, tickets, period)
    codes = np.asarray(people["customer_type"].map(types).fillna(NOT_SET_ID), dtype=np.int64)
    kinds = Kinds(codes, {number: {"customer_type": value} for value, number in types.items()})
    counts = people["ticket_count"].to_numpy(dtype=np.float64)
    findings = support_need(counts, kinds, period, is_everybody=is_everybody)
    if not findings:
        found.gaps.append(Gap(Topic.SUPPORT_NEED, Missing.FEW_CUSTOMER_TYPES))
    found.findings += findings


def _people(connection: sa.Connection, tickets: pd.DataFrame, period: tuple[date, date]) -> tuple[pd.DataFrame, bool]:
    """Return type and tickets of each customer, and whether those who wrote nothing are among them.

    They can only be counted where joining is recorded by itself; then customers of the whole period are compared.
    Elsewhere it is those who wrote.
    """
    known = tickets[tickets["customer_hash"].notna()]
    counts = known.groupby("customer_hash").size()
    query, asked = sa.text(read_sql("insights/sql/customers.sql")), {"from_date": period[0], "until_date": period[1]}
    result = connection.execute(query, asked)
    listed = pd.DataFrame.from_records(result.all(), columns=list(result.keys())).set_index("customer_hash")
    whole = listed[listed["is_whole"]]
    share = float(counts.index.isin(listed.index).mean()) if len(counts) else 0.0
    if len(whole) and share >= MOSTLY and float(listed["is_recorded"].mean()) >= _MOSTLY_RECORDED:
        return whole.assign(ticket_count=counts.reindex(whole.index).fillna(0)), True
    # The type of the first ticket: any other choice among several types would hang on how much somebody wrote.
    ordered = known.sort_values(["created_date", "created_hour", "customer_type_id"])
    types = ordered.groupby("customer_hash")["customer_type_id"].first().map(labels(connection, "customer_type"))
    return pd.DataFrame({"customer_type": types, "ticket_count": counts}), False


def volume_findings(connection: sa.Connection, last: date, today: date) -> Found:
    """Look at times of the year and odd days, as `find_anomalies` left them.

    Args:
        connection: In any role that reads the marts and the calendars.
        last: Last complete day of the data.
        today: The present day in the reporting time zone.
    """
    found, daily = Found(), daily_tickets(connection, last)
    total = float(daily.total.sum()) if daily else 0.0
    length = daily.days.size if daily else 0
    shares = (
        {name: float(counts.sum()) / max(total, 1.0) for name, counts in daily.by_category.items()} if daily else {}
    )
    if length < LEAST_DAYS:
        found.gaps.append(Gap(Topic.SEASON, Missing.SHORT_HISTORY, {"day_count": length}))
    countries = followed_countries(connection)
    if countries is None:
        found.gaps.append(Gap(Topic.HOLIDAYS, Missing.NO_COUNTRY))
    lifts = [_season(row, countries or ()) for row in connection.execute(sa.select(seasonal_lifts))]
    found.findings += season_findings(lifts, shares, last, today)
    odd = [_odd_days(row) for row in connection.execute(sa.select(volume_anomalies))]
    found.findings += odd_day_findings(odd, total / length if length else 0.0)
    return found


def _season(row: sa.Row[Any], countries: Collection[str]) -> KnownSeason:
    start, dots, end = row.period.partition("..")
    name = row.period
    if dots and not name.startswith(EVENT_TIME):
        (first, last) = (tuple(map(int, each.split("-"))) for each in (start, end))
        name = name_of(Window.between((first[0], first[1]), (last[0], last[1])), countries)
    spans = [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in row.spans]
    effect = Effect(row.ratio, row.ratio_low, row.ratio_high, "times")
    return KnownSeason(row.category, row.period, name, spans, effect, row.p_value, row.ticket_count, row.year_count)


def _odd_days(row: sa.Row[Any]) -> KnownOddDays:
    days = (row.start_date, row.last_date)
    range_of = (row.expected, row.low, row.high)
    anomaly = Anomaly(row.category, *days, row.ticket_count, *range_of, row.p_value, row.q_value)
    changes = [Change(each["what"], each["value"], each["share"], each["usual_share"]) for each in row.changes]
    return KnownOddDays(anomaly, changes, row.is_bulk, row.same_minute_count)


def _flags(values: "pd.Series[bool]") -> Floats:
    return np.asarray(values, dtype=np.float64)


def _weeks(dates: "pd.Series[pd.Timestamp]") -> Codes:
    weeks: Codes = dates.to_numpy(dtype="datetime64[D]").astype(np.int64) // WEEK_DAYS
    return weeks


def _categories(connection: sa.Connection, tickets: pd.DataFrame) -> Kinds:
    values = {
        number: {"category": value} for number, value in labels(connection, "category").items() if number != NOT_SET_ID
    }
    return Kinds(tickets["category_id"].to_numpy(dtype=np.int64), values)


def _pairs(connection: sa.Connection, tickets: pd.DataFrame) -> Kinds:
    """Return category and priority of each ticket as one number."""
    priorities = labels(connection, "priority")
    values = {
        1000 * category + priority: {"category": value, "priority": level}
        for category, value in labels(connection, "category").items()
        for priority, level in priorities.items()
        if NOT_SET_ID not in {category, priority}
    }
    codes = 1000 * tickets["category_id"].to_numpy(dtype=np.int64) + tickets["priority_id"].to_numpy(dtype=np.int64)
    return Kinds(codes, values)
