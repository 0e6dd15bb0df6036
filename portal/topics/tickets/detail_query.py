"""Reads one ticket with its history."""

from typing import Any, Final

import sqlalchemy as sa

from analytics.customer_ids import customer_id, customer_path
from analytics.vocabulary import NO_CUSTOMER
from portal.numbers import phrasing
from portal.topics.tickets.address import Order
from portal.topics.tickets.dataset import Elapsed, SourceNumber, TicketRow
from portal.topics.tickets.detail_dataset import (
    Sources,
    TicketDetail,
    TicketText,
    TimelineEntry,
    Times,
)
from portal.topics.tickets.prediction_query import latest_prediction
from portal.topics.tickets.rows_query import RowReader, declared_fields, rows_sql
from portal.topics.tickets.sla_query import sla_targets
from warehouse import metric_query
from warehouse.rollups.custom import CustomDimension

TEXT_SHOWN: Final = 20_000
"""Characters of a ticket's content that are shown at first; the rest on demand."""
_NOTES_SHOWN: Final = 4_000
_ENTRIES_SHOWN: Final = 100
_LARGEST_ID: Final = 2**63 - 1
_NO_LIMIT: Final = 2**31 - 1

_TEXT: Final = sa.text(
    "select customer_email, subject, left(content, :most) as content, length(content) as length, status, language,"
    " exclusion, category_source, priority_source from marts.ticket_texts where ticket_id = :ticket_id"
)
_NUMBER: Final = sa.text("select number, source from marts.ticket_numbers where ticket_id = :ticket_id limit 1")
_NAME: Final = sa.text("select name from marts.customers where customer_email = :email")
_TIMES: Final = sa.text(
    "select facts.*, policy.value as policy from marts.fct_tickets as facts"
    " left join marts.dimension_values as policy on policy.dimension = 'sla_policy' and facts.sla_policy_id = policy.id"
    " where ticket_id = :ticket_id"
)
_TIMELINE: Final = sa.text(
    "select happened_at, kind, what, who, left(details, :most) as details, length(details) as length, direction,"
    " is_public, is_automatic, duration_minutes from marts.ticket_timeline where ticket_id = :ticket_id"
    " order by happened_at desc, kind desc, id desc limit :entries"
)
_ENTRIES: Final = sa.text("select count(*) from marts.ticket_timeline where ticket_id = :ticket_id")


def ticket_detail(connection: sa.Connection, ticket_id: int, *, is_whole: bool) -> TicketDetail | None:
    """Return one ticket; None when there is none of that number.

    Args:
        connection: In the role that reads marts.
        ticket_id: Its internal number.
        is_whole: Whether to read long texts whole.
    """
    if not 0 < ticket_id <= _LARGEST_ID:
        return None
    key = {"ticket_id": ticket_id}
    most = {"most": _NO_LIMIT} if is_whole else {"most": TEXT_SHOWN}
    text = connection.execute(_TEXT, key | most).one_or_none()
    if text is None:
        return None
    reader = RowReader.of(connection)
    facts = connection.execute(_TIMES, key).one_or_none()
    fields = declared_fields(connection)
    row = _row(connection, ticket_id, fields, reader)
    entries = int(connection.execute(_ENTRIES, key).scalar_one())
    timeline = _timeline(
        connection, ticket_id, reader, is_date_only=facts is not None and facts.is_date_only, is_whole=is_whole
    )
    return TicketDetail(
        ticket_id,
        _number(connection, ticket_id),
        TicketText(text.subject, text.content, text.length, _customer(text.customer_email), text.language),
        text.status,
        text.exclusion,
        row,
        () if row is None else tuple((each.field, value) for each, value in zip(fields, row.customs, strict=True)),
        None if facts is None else _times(facts),
        None if facts is None else facts.policy,
        facts is not None and facts.policy in metric_query.sla_policies(connection).examples,
        facts is not None and facts.needs_no_answer,
        () if facts is None else sla_targets(connection, facts, reader.zone),
        timeline,
        entries - len(timeline),
        latest_prediction(connection, ticket_id, reader),
        Sources(text.category_source, text.priority_source),
        is_whole,
        *_who(connection, facts, text.customer_email),
    )


def _number(connection: sa.Connection, ticket_id: int) -> SourceNumber | None:
    found = connection.execute(_NUMBER, {"ticket_id": ticket_id}).one_or_none()
    return None if found is None else SourceNumber(found.number, found.source)


def _row(
    connection: sa.Connection, ticket_id: int, fields: tuple[CustomDimension, ...], reader: RowReader
) -> TicketRow | None:
    source = "from marts.fct_tickets as facts where facts.ticket_id = :ticket_id"
    statement = sa.text(rows_sql(source, Order(), "facts.ticket_id", customs=fields))
    found = connection.execute(statement, {"ticket_id": ticket_id}).one_or_none()
    return None if found is None else reader.row(found)


def _who(connection: sa.Connection, facts: sa.Row[Any] | None, email: str) -> tuple[str, str]:
    """Return the path of the customer's page, and the customer's name."""
    if facts is None or facts.customer_hash is None:
        return "", ""
    return customer_path(customer_id(facts.customer_hash)), connection.scalar(_NAME, {"email": email}) or ""


def _customer(email: str) -> str | None:
    return None if email == NO_CUSTOMER else email


def _times(facts: sa.Row[Any]) -> Times:
    return Times(
        _elapsed(facts.first_reply_seconds, facts.first_reply_days),
        _elapsed(facts.first_reply_business_seconds),
        _elapsed(facts.resolution_seconds, facts.resolution_days),
        _elapsed(facts.resolution_business_seconds),
        _elapsed(facts.requester_wait_seconds),
        _elapsed(facts.agent_wait_seconds),
        _elapsed(facts.on_hold_seconds),
        _elapsed(facts.handle_seconds),
    )


def _elapsed(seconds: int | None, days: int | None = None) -> Elapsed | None:
    if seconds is not None:
        return Elapsed(seconds / 60, "minutes")
    return None if days is None else Elapsed(days, "days")


def _timeline(
    connection: sa.Connection, ticket_id: int, reader: RowReader, *, is_date_only: bool, is_whole: bool
) -> tuple[TimelineEntry, ...]:
    most = _NO_LIMIT if is_whole else _NOTES_SHOWN
    values = {"ticket_id": ticket_id, "most": most, "entries": _NO_LIMIT if is_whole else _ENTRIES_SHOWN}
    rows = connection.execute(_TIMELINE, values).all()
    return tuple(_entry(row, reader, is_date_only=is_date_only) for row in reversed(rows))


def _entry(row: sa.Row[Any], reader: RowReader, *, is_date_only: bool) -> TimelineEntry:
    happened = row.happened_at.astimezone(reader.zone)
    text = _changed(row, reader) if row.kind == "field" else row.details or ""
    return TimelineEntry(
        happened.date() if is_date_only and (happened.hour, happened.minute) == (0, 0) else happened,
        _title(row),
        row.who,
        text,
        (row.length or 0) > len(row.details or ""),
        _tone(row),
    )


def _changed(row: sa.Row[Any], reader: RowReader) -> str:
    before, _, after = (row.details or "").partition(" → ")
    named = reader.categories if row.what == "category" else {}
    return " → ".join(named.get(value, value) or phrasing.prettified(None) for value in (before, after))


def _title(row: sa.Row[Any]) -> str:
    if row.kind == "status":
        return f"Status: {phrasing.prettified(row.what)}{_automatic(row)}"
    if row.kind == "field":
        return f"{phrasing.prettified(row.what)} changed{_automatic(row)}"
    spoken = {"inbound": "from the customer", "outbound": "to the customer"}[row.direction]
    title = f"{phrasing.prettified(row.what)} {spoken}" if row.is_public else "Private note"
    took = f", {phrasing.duration(row.duration_minutes)}" if row.duration_minutes else ""
    return f"{title}{took}{_automatic(row)}"


def _automatic(row: sa.Row[Any]) -> str:
    return ", automatic" if row.is_automatic else ""


def _tone(row: sa.Row[Any]) -> str:
    if row.kind != "interaction":
        return "change"
    return str(row.direction) if row.is_public else "private"
