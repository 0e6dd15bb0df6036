"""Reads who may leave, and what went before others left."""

from collections.abc import Mapping
from typing import Any, Final

import sqlalchemy as sa

from analytics import pages
from analytics.customer_ids import customer_id, customer_path
from analytics.notices import Notice
from analytics.vocabulary import NOT_SET
from portal.numbers import phrasing
from portal.numbers.filters import TicketFilters
from portal.numbers.reader import Name, names
from portal.numbers.reason_tickets import reason_tickets
from portal.topics.churn.dataset import Churn, LeavingRatio, ModelTest, RiskyCustomer, Tenth

SHOWN: Final = 25
"""Customers listed: as many as somebody might call in a week."""
_EXPERIENCES: Final[Mapping[str, str]] = {
    "late_answer": "A late answer",
    "low_rating": "A rating of 1 or 2",
    "unresolved_14_days": "A ticket unresolved for 14 days",
    "reopened": "A reopened ticket",
    "several_agents": "Several agents on a ticket",
    "escalated": "An escalated ticket",
}
_MODELS: Final[Mapping[str, str]] = {"logistic": "Logistic regression", "gradient_boosting": "Gradient boosting"}
_HEAD: Final = "select * from marts.churn_reports order by made_at desc limit 1"
_TOP: Final = "select * from marts.churn_scores where position <= :shown order by position"
_WHO: Final = (
    "select texts.ticket_id, person.name from marts.ticket_texts as texts"
    " inner join marts.customers as person on texts.customer_email = person.customer_email"
    " where texts.ticket_id = any(:tickets)"
)
_COUNT: Final = "select count(*) from marts.churn_scores"
_PAIN_POINTS: Final = "select * from marts.churn_pain_points order by position"
_HAZARDS: Final = "select * from marts.churn_hazards order by estimate desc"
_TESTS: Final = "select * from marts.churn_evaluations order by log_loss"


def churn(connection: sa.Connection, filters: TicketFilters) -> Churn | None:
    """Return the latest analysis; None before the first.

    Args:
        connection: In the role that reads marts.
        filters: Of the reader, which the links to tickets have.
    """
    head = connection.execute(sa.text(_HEAD)).one_or_none()
    if head is None:
        return None
    categories, types = names(connection, "category"), names(connection, "customer_type")
    top = _rows(connection, _TOP, shown=SHOWN)
    who = _names(connection, top)
    behind = reason_tickets(connection, [row.customer_hash for row in top])
    return Churn(
        head.made_at,
        head.kind,
        head.customer_count,
        head.churn_count,
        int(connection.scalar(sa.text(_COUNT)) or 0),
        head.expected_count,
        head.horizon_days,
        tuple(_customer(row, types, filters, who, behind) for row in top),
        tuple(_pain_point(row, categories, filters) for row in _rows(connection, _PAIN_POINTS)),
        tuple(_hazard(row) for row in _rows(connection, _HAZARDS)),
        tuple(_test(row, head.chosen_model) for row in _rows(connection, _TESTS)),
        tuple(Notice.from_json(each) for each in head.notices),
    )


def _rows(connection: sa.Connection, sql: str, **values: object) -> list[sa.Row[Any]]:
    return list(connection.execute(sa.text(sql), values))


def _names(connection: sa.Connection, rows: list[sa.Row[Any]]) -> dict[int, str]:
    """Return the names that are known, by the number of the latest ticket."""
    found = _rows(connection, _WHO, tickets=[row.latest_ticket_id for row in rows])
    return {row.ticket_id: row.name for row in found if row.name}


def _customer(
    row: sa.Row[Any],
    types: Mapping[str | None, Name],
    filters: TicketFilters,
    who: Mapping[int, str],
    behind: Mapping[int, Mapping[str, int]],
) -> RiskyCustomer:
    name = types.get(None if row.customer_type == NOT_SET else row.customer_type)
    return RiskyCustomer(
        row.position,
        row.score,
        tuple(row.reasons),
        name.label if name else phrasing.prettified(row.customer_type),
        row.ticket_count,
        row.latest_ticket_id,
        filters.href(customer_path(customer_id(row.customer_hash))),
        row.customer_hash,
        who.get(row.latest_ticket_id, ""),
        {slug: filters.href(f"{pages.TICKETS}/{ticket}") for slug, ticket in behind.get(row.customer_hash, {}).items()},
    )


def _pain_point(row: sa.Row[Any], categories: Mapping[str | None, Name], filters: TicketFilters) -> LeavingRatio:
    is_category = row.kind == "category"
    name = categories.get(row.slug)
    label = (name.label if name else phrasing.prettified(row.slug)) if is_category else _EXPERIENCES[row.slug]
    href = filters.with_values("category", (row.slug,)).href(pages.TICKETS, metric="created") if is_category else ""
    return LeavingRatio(
        label, row.kind, row.estimate, row.low, row.high, row.departure_count, row.excess_count, row.is_supported, href
    )


def _hazard(row: sa.Row[Any]) -> LeavingRatio:
    return LeavingRatio(
        _EXPERIENCES[row.slug], "", row.estimate, row.low, row.high, row.departure_count, None, row.is_supported
    )


def _test(row: sa.Row[Any], chosen: str | None) -> ModelTest:
    return ModelTest(
        _MODELS[row.model],
        row.model == chosen,
        row.auc,
        (row.auc_low, row.auc_high),
        row.lift,
        (row.lift_low, row.lift_high),
        row.log_loss,
        row.baseline_log_loss,
        tuple(Tenth(*each) for each in row.reliability),
        row.n,
        row.left_count,
    )
