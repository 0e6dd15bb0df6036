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
from analytics.insights.ratings import quick_replies, targets_at_risk
from analytics.insights.tickets import Kinds, slowest, support_need, worst_targets
from analytics.insights.volume import KnownOddDays, KnownSeason, odd_day_findings, season_findings
from analytics.named_times import name_of
from analytics.quasi_poisson import Floats
from analytics.seasonality import LEAST_DAYS
from analytics.time_units import WEEK_DAYS
from analytics.vocabulary import EVENT_TIME, NOT_SET_ID, SlaState
from analytics.what_changed import Change
from etl.insights.tickets import MOSTLY, daily_tickets, labels
from etl.marts.holidays import followed_countries
from warehouse.tables.insights import seasonal_lifts, volume_anomalies

_JUDGED = (SlaState.MET, SlaState.MISSED)
_LEAST_RATINGS = 60


@dataclass(slots=True)
class Found:
    """The findings of a look at the data, and the gaps: topics that could not be looked at."""

    findings: list[Finding] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)


def ticket_findings(connection: sa.Connection, tickets: pd.DataFrame, period: tuple[date, date]) -> Found:
    """Look at what takes longest, where targets are missed, who writes most, and what goes with ratings."""
    found = Found()
    _durations(connection, tickets, period, found)
    _targets(connection, tickets, period, found)
    _customers(connection, tickets, period, found)
    _ratings(tickets, period, found)
    return found


def _durations(connection: sa.Connection, tickets: pd.DataFrame, period: tuple[date, date], found: Found) -> None:
    solved = tickets[tickets["resolution_seconds"].notna()]
    business = solved["resolution_business_seconds"]
    has_hours = len(solved) > 0 and business.notna().mean() >= MOSTLY
    values = business if has_hours else solved["resolution_seconds"]
    known = solved[values.notna()]
    minutes = values[values.notna()].to_numpy(dtype=np.float64) / 60
    kinds = _categories(connection, known)
    clock = "business" if has_hours else "calendar"
    findings = slowest(minutes, kinds, _weeks(known["resolved_date"]), clock, period)
    if not findings:
        found.gaps.append(Gap(Topic.SLOWEST, Missing.FEW_SOLVED))
    found.findings += findings


def _targets(connection: sa.Connection, tickets: pd.DataFrame, period: tuple[date, date], found: Found) -> None:
    judged = tickets[tickets["first_reply_sla"].isin(_JUDGED) | tickets["resolution_sla"].isin(_JUDGED)]
    if len(judged) < _LEAST_RATINGS:
        found.gaps.append(Gap(Topic.WORST_TARGETS, Missing.FEW_TARGETS))
        return
    is_missed = _flags((judged["first_reply_sla"] == SlaState.MISSED) | (judged["resolution_sla"] == SlaState.MISSED))
    kinds = _pairs(connection, judged)
    found.findings += worst_targets(is_missed, kinds, _weeks(judged["created_date"]), period)
    replied = tickets[tickets["first_reply_sla"].isin(_JUDGED)]
    last = pd.Timestamp(period[1]) - pd.Timedelta(days=1)
    # A first reply that never came was missed when the ticket was solved.
    ages = (last - replied["first_reply_date"].fillna(replied["resolved_date"])).dt.days.to_numpy(dtype=np.float64)
    days = np.nan_to_num(ages, nan=-1.0).astype(np.int64)
    missed = _flags(replied["first_reply_sla"] == SlaState.MISSED)
    found.findings += targets_at_risk(missed, days, last.date())


def _customers(connection: sa.Connection, tickets: pd.DataFrame, period: tuple[date, date], found: Found) -> None:
    known = tickets[tickets["customer_hash"].notna() & (tickets["customer_type_id"] != NOT_SET_ID)]
    values = {
        number: {"customer_type": value}
        for number, value in labels(connection, "customer_type").items()
        if number != NOT_SET_ID
    }
    kinds = Kinds(known["customer_type_id"].to_numpy(dtype=np.int64), values)
    findings = support_need(pd.factorize(known["customer_hash"])[0].astype(np.int64), kinds, period)
    if not findings:
        found.gaps.append(Gap(Topic.SUPPORT_NEED, Missing.FEW_CUSTOMER_TYPES))
    found.findings += findings


def _ratings(tickets: pd.DataFrame, period: tuple[date, date], found: Found) -> None:
    rated = tickets[tickets["rating"].notna() & tickets["first_reply_seconds"].notna()]
    if len(rated) < _LEAST_RATINGS:
        found.gaps.append(Gap(Topic.RATINGS, Missing.FEW_RATINGS, {"rated_count": len(rated)}))
        return
    found.findings += quick_replies(
        rated["rating"].to_numpy(dtype=np.float64),
        rated["first_reply_seconds"].to_numpy(dtype=np.float64) / 60,
        pd.factorize(rated["category_id"])[0].astype(np.int64),
        pd.factorize(rated["customer_hash"].fillna(-1))[0].astype(np.int64),
        period,
    )


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
