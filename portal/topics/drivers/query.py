"""Reads what goes with good and bad ratings."""

from collections.abc import Mapping
from typing import Any, Final

import sqlalchemy as sa

from analytics.notices import Notice
from analytics.vocabulary import NOT_SET
from portal.numbers import phrasing
from portal.numbers.reader import names
from portal.topics.drivers.dataset import CorrelationCell, DriverEffect, Drivers, DriverShare, ResponseRate

_LABELS: Final[Mapping[str, str]] = {
    "first_reply_time": "First reply time",
    "resolution_time": "Resolution time",
    "contacts": "Messages on a ticket",
    "several_agents": "Several agents",
    "proactive_update": "Updates nobody asked for",
    "agent_experience": "The agent’s experience",
    "same_agent": "One agent from beginning to end",
    "category": "Category",
    "customer_type": "Customer type",
}
_CHANGES: Final[Mapping[str, str]] = {
    "first_reply_time": "twice as long",
    "resolution_time": "twice as long",
    "contacts": "one more",
    "several_agents": "in place of one",
    "proactive_update": "at least one",
    "agent_experience": "one year more",
    "same_agent": "in place of several",
}
_VARIABLES: Final[Mapping[str, str]] = {
    "rating": "Rating",
    "resolution_hours": "Resolution time",
    "first_reply_hours": "First reply time",
    "contact_count": "Messages",
    "agent_experience_months": "Agent’s experience",
}
_EFFECTS: Final = "select * from marts.driver_effects order by position"
_SHARES: Final = "select * from marts.driver_shares order by position"
_CORRELATIONS: Final = (
    "select variable, other, max(n) as n, max(coefficient) filter (where method = 'pearson') as pearson,"
    " max(coefficient) filter (where method = 'spearman') as spearman"
    " from marts.driver_correlations group by variable, other"
)
_RATES: Final = (
    "select * from marts.driver_response_rates order by dimension, answered_count::float /"
    " nullif(offered_count, 0) desc"
)
_HEAD: Final = "select * from marts.driver_reports order by made_at desc limit 1"


def drivers(connection: sa.Connection) -> Drivers | None:
    """Return the latest analysis; None before the first."""
    head = connection.execute(sa.text(_HEAD)).one_or_none()
    if head is None:
        return None
    return Drivers(
        head.made_at,
        head.first_date,
        head.last_date,
        head.ticket_count,
        head.rated_count,
        head.r_squared,
        tuple(phrasing.prettified(each).lower() for each in head.controls),
        tuple(_effect(row) for row in _rows(connection, _EFFECTS)),
        tuple(DriverShare(_LABELS[row.slug], row.estimate, row.low, row.high) for row in _rows(connection, _SHARES)),
        tuple(
            CorrelationCell(_VARIABLES[row.variable], _VARIABLES[row.other], row.pearson, row.spearman, row.n)
            for row in _rows(connection, _CORRELATIONS)
        ),
        _rates(connection),
        tuple(Notice.from_json(each) for each in head.notices),
    )


def variables() -> tuple[str, ...]:
    """Return what is correlated, in order."""
    return tuple(_VARIABLES.values())


def _rows(connection: sa.Connection, sql: str) -> list[sa.Row[Any]]:
    return list(connection.execute(sa.text(sql)))


def _effect(row: sa.Row[Any]) -> DriverEffect:
    means = None if row.same_agent_mean is None else (row.same_agent_mean, row.several_agents_mean)
    return DriverEffect(
        row.slug,
        _LABELS[row.slug],
        _CHANGES[row.slug],
        row.unit,
        row.estimate,
        row.low,
        row.high,
        _odds(row.top_box_odds_ratio, row.top_box_low, row.top_box_high),
        _odds(row.ordinal_odds_ratio, row.ordinal_low, row.ordinal_high),
        row.n,
        row.is_supported,
        means,
    )


def _odds(ratio: float | None, low: float | None, high: float | None) -> tuple[float, float, float] | None:
    return None if ratio is None or low is None or high is None else (ratio, low, high)


def _rates(connection: sa.Connection) -> tuple[ResponseRate, ...]:
    found = _rows(connection, _RATES)
    labels = {each: names(connection, each) for each in {row.dimension for row in found if row.dimension}}
    return tuple(
        ResponseRate(
            row.dimension,
            row.value,
            _value_label(labels.get(row.dimension, {}), row.value) if row.dimension else "All",
            row.offered_count,
            row.answered_count,
            row.low,
            row.high,
        )
        for row in found
    )


def _value_label(labels: Mapping[str | None, Any], value: str) -> str:
    name = labels.get(None if value == NOT_SET else value)
    return str(name.label) if name else phrasing.prettified(value)
