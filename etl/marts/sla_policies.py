"""The desk's SLA policies, as they stand."""

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

from analytics.vocabulary import EXAMPLE_TARGETS, PAUSING_STATUSES
from warehouse.tables.desk import business_calendars, sla_policies

TARGETS: Final = ("first_reply_minutes", "next_reply_minutes", "resolution_minutes")
PAUSES: Final = ("first_reply_pauses", "next_reply_pauses", "resolution_pauses")


def policies(connection: sa.Connection) -> Sequence[sa.Row[Any]]:
    """Return all policies in the order in which they are tried, those that are over among them.

    Each row has the columns of the table, `calendar` (the calendar's name), `is_default_calendar`, `has_begun` and
    `has_ended`.

    Args:
        connection: In a role that reads policies.
    """
    columns, calendars = sla_policies.c, business_calendars.c
    statement = (
        sa.select(
            sla_policies,
            calendars.name.label("calendar"),
            sa.func.coalesce(calendars.is_default, sa.false()).label("is_default_calendar"),
            sa.func.coalesce(columns.valid_from_at <= sa.func.now(), sa.true()).label("has_begun"),
            sa.func.coalesce(columns.valid_until_at <= sa.func.now(), sa.false()).label("has_ended"),
        )
        .outerjoin(business_calendars, columns.calendar_id == calendars.id)
        .order_by(columns.position, columns.id)
    )
    return connection.execute(statement).all()


def is_as_shipped(policy: sa.Row[Any]) -> bool:
    """Say whether a policy is one of the examples that a new desk has, in every part but its place.

    Args:
        policy: A row of `policies`.
    """
    return (
        EXAMPLE_TARGETS.get(policy.name) == tuple(getattr(policy, target) for target in TARGETS)
        and (policy.priority, policy.customer_type, policy.channel) == (policy.name.lower(), None, None)
        and [getattr(policy, pauses) for pauses in PAUSES] == [[], [], list(PAUSING_STATUSES)]
        and bool(policy.is_default_calendar)
        and policy.valid_from_at is policy.valid_until_at is None
    )
