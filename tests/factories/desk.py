"""Raw rows of a support desk: single tickets with keyword overrides, and whole desks at random."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import sqlalchemy as sa

from analytics.vocabulary import PRIORITIES
from warehouse.tables.tickets import (
    customer_interactions,
    support_tickets,
    ticket_field_history,
    ticket_ratings,
    ticket_status_history,
)

AGENTS = ("Lerato", "Sipho", "Naledi")
TEAMS = ("orders", "technical", None)
_WORDS = itertools.count(1)


def add_ticket(connection: sa.Connection, created_at: datetime, **columns: Any) -> int:
    """Insert a ticket and return its id."""
    values = _ticket_columns(created_at, **columns)
    return int(connection.execute(support_tickets.insert().values(values).returning(support_tickets.c.id)).scalar_one())


def _ticket_columns(created_at: datetime, **columns: Any) -> dict[str, Any]:
    number = next(_WORDS)
    return {
        "customer_email": f"reader{number % 7}@example.org",
        "subject": f"Question {number}",
        "content": "Where is my book?",
        "priority": "medium",
        "channel": "email",
        "created_at": created_at,
        **columns,
    }


def add_message(
    connection: sa.Connection, ticket_id: int, at: datetime, agent: str | None = None, **columns: Any
) -> None:
    """Insert a message: by the customer, or by an agent when one is named."""
    values = _message_columns(at, agent, **columns)
    connection.execute(customer_interactions.insert().values(ticket_id=ticket_id, **values))


def _message_columns(at: datetime, agent: str | None, **columns: Any) -> dict[str, Any]:
    return {
        "interaction_type": "email",
        "agent_name": agent,
        "timestamp": at,
        "direction": "outbound" if agent else "inbound",
        **columns,
    }


def add_status(connection: sa.Connection, ticket_id: int, status: str, at: datetime, **columns: Any) -> None:
    """Insert a line of status history and let the ticket say the same."""
    values = {"ticket_id": ticket_id, "status": status, "changed_at": at, **columns}
    connection.execute(ticket_status_history.insert().values(values))
    changed = support_tickets.update().where(support_tickets.c.id == ticket_id)
    connection.execute(changed.values(status=status, resolved_at=_resolved_at(status, at)))


def _resolved_at(status: str, at: datetime) -> datetime | None:
    return at if status in {"resolved", "closed"} else None


def add_field_change(
    connection: sa.Connection,
    ticket_id: int,
    field: str,
    change: tuple[str | None, str | None],
    at: datetime,
    **columns: Any,
) -> None:
    """Insert a line of field history; the ticket's own value is the caller's business."""
    values = {"ticket_id": ticket_id, "field": field, "old_value": change[0], "new_value": change[1], "changed_at": at}
    connection.execute(ticket_field_history.insert().values(values | columns))


def add_random_desk(connection: sa.Connection, random: Random, count: int, first_at: datetime, days: int) -> None:
    """Insert tickets of every kind there is, spread evenly over some days."""
    made = [_random_ticket(random, first_at + timedelta(seconds=random.randrange(days * 86_400))) for _ in range(count)]
    _insert(connection, made)


def add_random_ticket(connection: sa.Connection, random: Random, created_at: datetime) -> int:
    """Insert one ticket with messages, status history and field history as chance has it."""
    return _insert(connection, [_random_ticket(random, created_at)])[0]


def add_random_history(connection: sa.Connection, random: Random, ticket_id: int, created_at: datetime) -> None:
    """Insert a walk through the statuses."""
    for row in _random_walk(random, created_at):
        add_status(connection, ticket_id, row.pop("status"), row.pop("changed_at"), **row)


def add_random_message(connection: sa.Connection, random: Random, ticket_id: int, created_at: datetime) -> None:
    """Insert a message of any kind."""
    values = _random_message(random, created_at)
    connection.execute(customer_interactions.insert().values(ticket_id=ticket_id, **values))


@dataclass(frozen=True, slots=True)
class _RandomTicket:
    """Rows of one ticket that lack its id."""

    columns: dict[str, Any]
    statuses: list[dict[str, Any]]
    messages: list[dict[str, Any]]
    changes: list[dict[str, Any]]
    ratings: list[dict[str, Any]]


def _insert(connection: sa.Connection, tickets: Sequence[_RandomTicket]) -> list[int]:
    """Insert tickets, all of a table at once, and return their ids."""
    insert = support_tickets.insert().returning(support_tickets.c.id, sort_by_parameter_order=True)
    ids = list(connection.execute(insert, [each.columns for each in tickets]).scalars())
    for table, name in (
        (ticket_status_history, "statuses"),
        (customer_interactions, "messages"),
        (ticket_field_history, "changes"),
        (ticket_ratings, "ratings"),
    ):
        rows = [
            {"ticket_id": id_, **row} for id_, each in zip(ids, tickets, strict=True) for row in getattr(each, name)
        ]
        if rows:
            connection.execute(table.insert(), rows)
    return ids


def _random_ticket(random: Random, created_at: datetime) -> _RandomTicket:
    columns = _random_columns(random, created_at)
    kind = random.choice(("history", "history", "history", "no history", "date only"))
    if kind != "history":
        columns |= _without_history(random, created_at, is_date_only=kind == "date only")
    columns = _ticket_columns(created_at, status="open", resolved_at=None, is_date_only=False) | columns
    statuses = list(_random_walk(random, created_at)) if kind == "history" else []
    if statuses:
        last = statuses[-1]
        columns |= {"status": last["status"], "resolved_at": _resolved_at(last["status"], last["changed_at"])}
    messages = [_random_message(random, created_at) for _ in range(random.randrange(6))]
    changes = [_random_field_change(random, created_at, columns)] if random.random() < 0.3 else []
    own = Random(f"{created_at}")
    columns |= _random_source_facts(own, columns)
    return _RandomTicket(columns, statuses, messages, changes, _random_ratings(own, columns))


def _random_source_facts(random: Random, columns: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a file may say of a ticket; the instant of its solution may be missing."""
    created_at, resolved_at = columns["created_at"], columns["resolved_at"]
    is_solved = columns["status"] in {"resolved", "closed"}
    found: dict[str, Any] = {
        "reopen_count": random.choice((None, None, 0, 0, 2)),
        "handle_seconds": random.choice((None, None, 90, 1200)),
        "first_replied_at": _either(random, created_at + timedelta(seconds=random.randrange(1, 90_000))),
        "closed_at": None,
    }
    if is_solved and random.random() < 0.2:
        found["resolved_at"] = None
        found["closed_at"] = _either(random, resolved_at + timedelta(hours=2))
    return found


def _either(random: Random, value: datetime) -> datetime | None:
    return value if random.random() < 0.5 else None


def _random_ratings(random: Random, columns: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return several surveys and answers for some tickets: hours or weeks apart, some of one prompt."""
    if random.random() < 0.7:
        return []
    at = columns["created_at"]
    found = []
    for _ in range(random.randrange(1, 4)):
        at += timedelta(minutes=random.choice((1, 300, 30_000)))
        score = random.choice((None, 1, 3, 5))
        found.append(
            {
                "prompt": random.choice((None, None, "first", "second")),
                "offered_at": at if score is None else _either(random, at),
                "rated_at": None if score is None else at + timedelta(minutes=5),
                "score": score,
            }
        )
    return found


def _random_columns(random: Random, created_at: datetime) -> dict[str, Any]:
    offered_at = created_at + timedelta(hours=random.randrange(1, 200)) if random.random() < 0.4 else None
    score = random.choice((None, 1, 2, 3, 4, 5))
    return {
        "created_at": created_at,
        "category": random.choice(("book_order", "technical_support", None)),
        "priority": _unless(created_at.second % 7 == 0, random.choice(PRIORITIES)),
        "channel": _unless(created_at.second % 11 == 0, random.choice(("email", "chat", "form"))),
        "customer_type": random.choice(("school", "person", None)),
        "team": random.choice(TEAMS),
        "assigned_agent": random.choice((*AGENTS, None)),
        "exclusion": random.choice((None,) * 9 + ("spam",)),
        "is_outbound": random.random() < 0.15,
        "needs_no_answer": created_at.second % 20 == 7,
        "source_sla_met": (None, True, False)[created_at.second % 3],
        "survey_offered_at": offered_at,
        "customer_satisfaction_score": score,
        "rated_at": offered_at + timedelta(minutes=random.randrange(9000)) if offered_at and score else None,
    }


def _unless(is_unknown: bool, value: str | None) -> str | None:
    return None if is_unknown else value


def _without_history(random: Random, created_at: datetime, *, is_date_only: bool) -> Mapping[str, Any]:
    is_solved = random.random() < 0.8
    resolved_at = created_at + timedelta(seconds=random.randrange(40 * 86_400))
    return {
        "is_date_only": is_date_only,
        "status": random.choice(("resolved", "closed")) if is_solved else "open",
        "resolved_at": resolved_at if is_solved else None,
    }


def _random_walk(random: Random, created_at: datetime) -> Iterator[dict[str, Any]]:
    at = created_at
    for _ in range(random.randrange(1, 7)):
        at += timedelta(seconds=random.randrange(4 * 86_400))
        yield {
            "status": random.choice(("open", "pending", "on_hold", "resolved", "resolved", "closed")),
            "changed_at": at,
            "changed_by": random.choice((*AGENTS, None)),
            "is_automatic": random.random() < 0.2,
        }


def _random_message(random: Random, created_at: datetime) -> dict[str, Any]:
    at = created_at + timedelta(seconds=random.randrange(5 * 86_400))
    return _message_columns(
        at,
        random.choice((None, *AGENTS)),
        duration_minutes=random.choice((None, 0, 5, 30, 1 / 3)),
        is_public=random.random() < 0.85,
        is_automatic=random.random() < 0.15,
    )


def _random_field_change(random: Random, created_at: datetime, columns: Mapping[str, Any]) -> dict[str, Any]:
    field = random.choice(("priority", "team", "assigned_agent"))
    values: tuple[str | None, ...] = {"priority": PRIORITIES, "team": TEAMS, "assigned_agent": AGENTS}[field]
    return {
        "field": field,
        "changed_at": created_at + timedelta(seconds=random.randrange(3 * 86_400)),
        "old_value": _unless(field == "priority" and created_at.second % 5 == 0, random.choice(values)),
        "new_value": columns[field],
        "is_automatic": random.random() < 0.3,
    }


def instant(text: str) -> datetime:
    """Return an instant written in UTC as "2026-03-02 08:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
