"""What the jobs that analyse ratings and leaving keep, without working anything out."""

from datetime import datetime

import sqlalchemy as sa

from warehouse.tables import analyses


def add_drivers(connection: sa.Connection, made_at: datetime) -> None:
    """Insert an analysis of ratings: one effect, one share, one pair.

    Args:
        connection: To a migrated database.
        made_at: When it was made.
    """
    interval = {"estimate": -0.14, "low": -0.17, "high": -0.11}
    head = {"made_at": made_at, "ticket_count": 900, "rated_count": 400, "controls": [], "notices": []}
    connection.execute(analyses.driver_reports.insert().values(head))
    effect = {"slug": "first_reply_time", "position": 0, "unit": "points", "p_value": 0.001, "n": 400}
    connection.execute(analyses.driver_effects.insert().values(effect | interval | {"is_supported": True}))
    share = {"slug": "first_reply_time", "position": 0, "estimate": 0.12, "low": 0.1, "high": 0.15}
    connection.execute(analyses.driver_shares.insert().values(share))
    pair = {"variable": "rating", "other": "first_reply_hours", "n": 400}
    for method, coefficient in (("pearson", -0.2), ("spearman", -0.3)):
        connection.execute(
            analyses.driver_correlations.insert().values(pair | {"method": method, "coefficient": coefficient})
        )


def add_churn(connection: sa.Connection, made_at: datetime, customers: int = 1, **of_customers: object) -> None:
    """Insert an analysis of leaving: a pain point and some customers with points.

    Args:
        connection: To a migrated database.
        made_at: When it was made.
        customers: How many; the latest ticket of the first is 1001.
        **of_customers: Columns of each customer that are not as usual.
    """
    head = {"made_at": made_at, "kind": "indicator", "customer_count": 900, "churn_count": 40, "horizon_days": 90}
    connection.execute(analyses.churn_reports.insert().values(head | {"notices": []}))
    usual = {"score": 35.0, "reasons": ["late_recently"], "customer_type": "school", "ticket_count": 4}
    for place in range(1, customers + 1):
        own = {"customer_hash": place, "position": place, "latest_ticket_id": 1000 + place}
        connection.execute(analyses.churn_scores.insert().values(usual | own | of_customers))
    point = {"kind": "experience", "slug": "late_answer", "position": 0, "p_value": 0.001, "is_supported": True}
    figures = {"estimate": 1.6, "low": 1.2, "high": 2.1, "departure_count": 20, "excess_count": 5.2}
    connection.execute(analyses.churn_pain_points.insert().values(point | figures | {"customer_years": 100.0}))
