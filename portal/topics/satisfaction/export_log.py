"""Keeps who exported what customers wrote with their ratings."""

import sqlalchemy as sa

from portal.numbers.filters import TicketFilters
from portal.topics.satisfaction.dataset import LowRatings
from warehouse.audit_log import record


def record_low_ratings_export(
    connection: sa.Connection, actor: str, kind: str, found: LowRatings, filters: TicketFilters
) -> None:
    """Write down an export of low ratings: how many, how many with a comment, and of which tickets.

    Args:
        connection: In the role that writes the audit log.
        actor: Who exports.
        kind: "csv" or "xlsx".
        found: What is exported.
        filters: Which tickets, and when they were rated.
    """
    details = {"ratings": found.total, "comments": found.commented, "address": filters.to_search()}
    record(connection, actor, "export_low_ratings", kind, details)
