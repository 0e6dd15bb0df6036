"""Each reason leads to the very ticket that shows it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from etl.marts.refresh import refresh_marts
from portal.numbers.filters import Comparison, Period, TicketFilters
from portal.numbers.reason_tickets import reason_tickets
from portal.topics.churn.query import churn
from portal.topics.customers.one_query import one_customer
from tests.factories.desk import add_ticket
from tests.integration.conftest import Database
from warehouse.engine import DatabaseRole
from warehouse.tables import analyses
from warehouse.tables.desk import customers

NOW = datetime.now(UTC)
EMAIL = "thabo@example.co.za"
FILTERS = TicketFilters(NOW.date() - timedelta(days=90), NOW.date() + timedelta(days=1), Period.CUSTOM, Comparison.NONE)


def test_each_reason_has_its_ticket(database: Database) -> None:
    """The latest that shows it, of open ones the oldest; another customer's tickets and spam stand for nothing."""
    with database.engine.begin() as connection:
        connection.execute(sa.insert(customers).values(customer_email=EMAIL, name="Thabo Mokoena"))

        def ticket(days: int, email: str = EMAIL, **columns: Any) -> int:
            return add_ticket(connection, NOW - timedelta(days=days), customer_email=email, **columns)

        def solved(days: int, **columns: Any) -> int:
            return ticket(days, status="resolved", resolved_at=NOW - timedelta(days=days - 1), **columns)

        solved(60, customer_satisfaction_score=1)
        low = solved(50, customer_satisfaction_score=2)
        reopened = solved(45, reopen_count=3)
        stuck = ticket(40)
        ticket(5)
        latest = solved(4, customer_satisfaction_score=5)
        ticket(3, exclusion="spam")
        ticket(2, "other@example.co.za", customer_satisfaction_score=1)
        refresh_marts(connection, "Africa/Johannesburg")
        mine = connection.scalar(
            sa.text("select customer_hash from marts.fct_tickets where ticket_id = :low"), {"low": low}
        )
        head = {"made_at": NOW, "kind": "indicator", "customer_count": 2, "churn_count": 0, "horizon_days": 90}
        connection.execute(analyses.churn_reports.insert().values(head | {"notices": []}))
        score = {"customer_hash": mine, "position": 1, "score": 35.0, "customer_type": "school", "ticket_count": 6}
        score |= {"reasons": ["low_ratings_recently", "customer_days"], "latest_ticket_id": latest}
        connection.execute(analyses.churn_scores.insert().values(score))
    assert mine is not None
    engine = database.engine_as(DatabaseRole.PORTAL_READER)
    with engine.connect() as reader:
        found = reason_tickets(reader, [mine, 12345])
        one = one_customer(reader, mine, FILTERS)
        leaving = churn(reader, FILTERS)
    engine.dispose()
    assert set(found) == {mine}
    assert found[mine] | {"late_recently": 0, "mean_rating": 0} == {
        "low_ratings_recently": low,
        "reopened_recently": reopened,
        "unresolved_recently": stuck,
        "open_now": stuck,
        "silence_days": latest,
        "silence_ratio": latest,
        "late_recently": 0,
        "mean_rating": 0,
    }
    assert one is not None
    assert one.leaving is not None
    assert [(each.slug, each.ticket) for each in one.leaving.reasons] == [
        ("low_ratings_recently", low),
        ("customer_days", None),
    ]
    assert leaving is not None
    (listed,) = leaving.top
    assert listed.label == "Thabo Mokoena"
    assert listed.behind["low_ratings_recently"].startswith(f"/tickets/{low}?")
