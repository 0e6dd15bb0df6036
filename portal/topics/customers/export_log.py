"""Keeps who took the list of customers away."""

import sqlalchemy as sa

from portal.topics.customers.dataset import Ranking
from warehouse.audit_log import record


def record_export(connection: sa.Connection, actor: str, kind: str, found: Ranking) -> None:
    """Write down an export: how many rows, of what, ranked by what; nobody's name.

    Args:
        connection: In the role that writes the audit log.
        actor: Who exports.
        kind: "csv" or "xlsx".
        found: What is exported.
    """
    details = {"rows": len(found.rows), "by": found.by, "sort": found.sort}
    record(connection, actor, "export_customer_ranking", kind, details)
