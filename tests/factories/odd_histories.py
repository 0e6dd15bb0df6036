"""Desks whose history is of a kind that statistics stumble over."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

import sqlalchemy as sa

from warehouse.tables.tickets import customer_interactions, support_tickets, ticket_status_history

UNTIL: Final = date(2026, 7, 1)
CATEGORIES: Final = ("book_order", "technical_support", "returns")
AGENTS: Final = ("Lerato", "Sipho", "Naledi")


def _mixed(number: int) -> int | None:
    return (None, 2, 5, 4, None, 3, 5)[number % 7]


@dataclass(frozen=True, slots=True)
class OddHistory:
    """What is odd about a desk.

    Attributes:
        name: Of the oddity.
        counts: Tickets of each day, the last of them the day before `UNTIL`.
        categories: Of the tickets, in turn.
        agents: Who answers, in turn.
        rating: Score of the n-th ticket; None is no rating.
        said: What has to be told, by the slug of the page.
    """

    name: str
    counts: Sequence[int]
    categories: Sequence[str] = CATEGORIES
    agents: Sequence[str] = AGENTS
    rating: Callable[[int], int | None] = _mixed
    said: Mapping[str, str] = field(default_factory=dict)

    def add(self, connection: sa.Connection) -> None:
        """Write the desk's tickets, their answers and their ends."""
        tickets, messages, statuses = list[dict[str, Any]](), list[dict[str, Any]](), list[dict[str, Any]]()
        first = UNTIL - timedelta(days=len(self.counts))
        for day, count in enumerate(self.counts):
            for place in range(count):
                at = datetime.combine(first + timedelta(days=day), time(6), UTC) + timedelta(minutes=7 * place % 600)
                self._add_one(len(tickets) + 1, at, tickets, messages, statuses)
        for table, rows in (
            (support_tickets, tickets),
            (customer_interactions, messages),
            (ticket_status_history, statuses),
        ):
            if rows:
                connection.execute(table.insert(), rows)

    def _add_one(self, number: int, at: datetime, tickets: list[Any], messages: list[Any], statuses: list[Any]) -> None:
        agent, score = self.agents[number % len(self.agents)], self.rating(number)
        hours = 2 + number * 37 % 50
        solved_at = at + timedelta(hours=hours)
        is_solved = solved_at < datetime.combine(UNTIL, time(), UTC)
        tickets.append(
            {
                "id": number,
                "customer_email": f"reader{number * 7919 % 97}@example.org",
                "subject": f"Question {number}",
                "content": "Where is my book?",
                "created_at": at,
                "category": self.categories[number % len(self.categories)],
                "channel": ("email", "form")[number % 2],
                "customer_type": ("school", "person")[number // 3 % 2],
                "assigned_agent": agent,
                "status": "resolved" if is_solved else "open",
                "resolved_at": solved_at if is_solved else None,
                "survey_offered_at": solved_at if is_solved else None,
                "customer_satisfaction_score": score if is_solved else None,
                "rated_at": solved_at + timedelta(hours=1) if is_solved and score else None,
            }
        )
        statuses.append({"ticket_id": number, "status": "open", "changed_at": at})
        if is_solved:
            statuses.append({"ticket_id": number, "status": "resolved", "changed_at": solved_at, "changed_by": agent})
        for hour, name in ((0, None), (1 + number % 5, agent)):
            messages.append(
                {
                    "ticket_id": number,
                    "interaction_type": "email",
                    "agent_name": name,
                    "timestamp": at + timedelta(hours=hour),
                    "direction": "outbound" if name else "inbound",
                    "duration_minutes": 6 + number % 9 if name else None,
                }
            )


def _busy(days: int) -> list[int]:
    """Return days of four to nine tickets, fewer at the end of each week."""
    return [4 + day * 7 % 6 - 3 * (day % 7 > 4) for day in range(days)]


_GAP: Final = [*_busy(200), *[0] * 61, *_busy(140)]
ODD_HISTORIES: Final = (
    OddHistory(
        "no tickets at all",
        [],
        said={
            "overview": "No tickets are recorded yet",
            "resolution": "No solved tickets are recorded yet",
            "forecast": "The forecast has not been made yet",
            "staffing": "There is no forecast to plan from",
            "drivers": "No ticket has a rating yet",
            "churn": "There are no customers with tickets yet",
        },
    ),
    OddHistory(
        "three days",
        [5, 8, 3],
        said={"insights": "There are 3 days of history", "staffing": "There is no forecast to plan from"},
    ),
    OddHistory("a year ago, and nothing since", [*_busy(60), *[0] * 330]),
    OddHistory("one giant outlier", [*_busy(300), 2_000, *_busy(100)]),
    OddHistory("a gap of two months", _GAP),
    OddHistory("the same number every day", [5] * 420, said={"forecast": "No holiday or event lies ahead."}),
    OddHistory("twenty years", [1 + day % 7 // 5 for day in range(20 * 365 + 5)]),
    OddHistory("a single category", _busy(400), categories=("book_order",)),
    OddHistory("no ratings", _busy(400), rating=lambda _number: None, said={"drivers": "No ticket has a rating yet"}),
    OddHistory("all ratings are 5", _busy(400), rating=lambda _number: 5, said={"drivers": "Every rating is a 5"}),
    OddHistory("one agent", _busy(400), agents=("Lerato",)),
)
