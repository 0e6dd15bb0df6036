"""Keeps who exported the customers whom somebody may call."""

import sqlalchemy as sa

from portal.topics.churn.dataset import Churn
from warehouse.audit_log import record


def record_customers_export(connection: sa.Connection, actor: str, kind: str, found: Churn | None) -> None:
    """Write down an export of the customers who may leave: how many, of which analysis, by what kind of score.

    Args:
        connection: In the role that writes the audit log.
        actor: Who exports.
        kind: "csv" or "xlsx".
        found: The analysis; None before the first.
    """
    details = {
        "customers": 0 if found is None else len(found.top),
        "score": "nothing" if found is None else found.kind,
        "made_at": None if found is None else found.made_at.isoformat(),
    }
    record(connection, actor, "export_customers", kind, details)
