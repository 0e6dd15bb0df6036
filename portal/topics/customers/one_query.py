"""Reads one customer with the whole history of support."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from analytics import pages
from analytics.customer_ids import customer_id
from portal.numbers.filters import Comparison, Period, TicketFilters
from portal.numbers.reader import names, tickets_href
from portal.numbers.reason_tickets import reason_tickets
from portal.topics.customers.one_dataset import Leaving, OneCustomer, OneTicket, Reason
from warehouse import metric_query
from warehouse.metric_query import earliest_due

MOST: Final = 2_000
RECENT: Final = timedelta(days=90)
_TICKETS: Final = (
    "select facts.ticket_id, facts.created_at, facts.created_date,"
    " facts.resolved_at is null and not facts.is_solved_undated as is_open, channels.value as channel,"
    " agents.value as agent, facts.rating, facts.first_reply_seconds, texts.subject, texts.customer_email,"
    f" {earliest_due('facts')} as due_at, heard.sentiment, count(*) over () as total"
    " from marts.fct_tickets as facts"
    " left join marts.ticket_texts as texts on facts.ticket_id = texts.ticket_id"
    " left join marts.dimension_values as channels"
    " on channels.dimension = 'channel' and facts.channel_id = channels.id"
    " left join marts.dimension_values as agents on agents.dimension = 'agent' and facts.agent_id = agents.id"
    " left join lateral (select said.sentiment from marts.ticket_predictions as said"
    " where said.ticket_id = facts.ticket_id order by said.predicted_at desc, said.id desc limit 1) as heard on true"
    " where facts.customer_hash = :customer and not facts.is_excluded"
    " order by facts.created_at desc, facts.ticket_id desc limit :most"
)
_COUNTS: Final = sa.text(
    "select min(created_date) as since, count(*) filter (where created_date > :recent) as recent,"
    " count(*) filter (where created_date > :before and created_date <= :recent) as before"
    " from marts.fct_tickets where customer_hash = :customer and not is_excluded"
)
_PERSON: Final = sa.text("select * from marts.customers where customer_email = :email")
_SCORE: Final = sa.text("select score, reasons from marts.churn_scores where customer_hash = :customer")
_REPORT: Final = sa.text("select kind, horizon_days from marts.churn_reports order by made_at desc limit 1")


def one_customer(connection: sa.Connection, customer: int, filters: TicketFilters) -> OneCustomer | None:
    """Return one customer; None when no ticket that counts is theirs.

    Args:
        connection: In the role that reads marts.
        customer: Number, as the facts have it.
        filters: Of the reader; the links carry them on.
    """
    key = {"customer": customer}
    rows = connection.execute(sa.text(_TICKETS), key | {"most": MOST}).all()
    if not rows:
        return None
    version = metric_query.data_version(connection)
    as_of = version.last_created_date or rows[0].created_date
    days = {"recent": as_of - RECENT, "before": as_of - 2 * RECENT}
    counts = connection.execute(_COUNTS, key | days).one()
    email = next((row.customer_email for row in rows if row.customer_email), "")
    person = connection.execute(_PERSON, {"email": email}).one_or_none()
    types = {value: name.label for value, name in names(connection, "customer_type").items()}
    kind = None if person is None else person.customer_type
    ever = replace(filters, period=Period.ALL, compare=Comparison.NONE, where=())
    zone = ZoneInfo(version.time_zone)
    return OneCustomer(
        customer,
        "" if person is None else person.name or "",
        email,
        types.get(kind, kind) or "" if kind else "",
        "" if person is None else person.organisation or "",
        counts.since,
        None if person is None or person.churned_at is None else person.churned_at.astimezone(zone).date(),
        tuple(_ticket(row, filters, zone) for row in rows),
        int(rows[0].total),
        counts.recent,
        counts.before,
        as_of,
        _leaving(connection, customer, filters),
        tickets_href(ever, "created", None, customer=customer_id(customer)),
    )


def _ticket(row: sa.Row[Any], filters: TicketFilters, zone: ZoneInfo) -> OneTicket:
    return OneTicket(
        row.ticket_id,
        row.created_at.astimezone(zone),
        row.channel or "",
        " ".join((row.subject or "")[:200].split()),
        row.agent or "",
        row.is_open,
        row.sentiment or "",
        row.rating,
        None if row.first_reply_seconds is None else row.first_reply_seconds / 60,
        _ticket_href(row.ticket_id, filters),
        None if row.due_at is None else row.due_at.astimezone(zone),
    )


def _ticket_href(number: int, filters: TicketFilters) -> str:
    return filters.href(f"{pages.TICKETS}/{number}")


def _leaving(connection: sa.Connection, customer: int, filters: TicketFilters) -> Leaving | None:
    score = connection.execute(_SCORE, {"customer": customer}).one_or_none()
    report = connection.execute(_REPORT).one_or_none()
    if score is None or report is None:
        return None
    behind = reason_tickets(connection, (customer,)).get(customer, {})
    reasons = tuple(
        Reason(slug, behind.get(slug), _ticket_href(behind[slug], filters) if slug in behind else "")
        for slug in score.reasons
    )
    return Leaving(score.score, report.kind == "model", report.horizon_days, reasons)
