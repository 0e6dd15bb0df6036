"""The very ticket behind each reason for which a customer may leave."""

from collections.abc import Iterable, Mapping
from typing import Final

import sqlalchemy as sa

from analytics.time_units import DAY_SECONDS
from analytics.vocabulary import SlaState

_LATEST: Final = "order by facts.created_at desc, facts.ticket_id desc"
_OLDEST: Final = "order by facts.created_at asc, facts.ticket_id asc"
_OPEN: Final = "facts.resolved_at is null and not facts.is_solved_undated"
_STUCK: Final = (
    "extract(epoch from coalesce(facts.resolved_at, current_timestamp) - facts.created_at)"
    f" > {14 * DAY_SECONDS} and not facts.is_solved_undated"
)
_WHICH: Final[Mapping[str, tuple[str, str]]] = {
    "late_recently": (
        _LATEST,
        f"facts.first_reply_sla = {SlaState.MISSED} or facts.resolution_sla = {SlaState.MISSED}",
    ),
    "low_ratings_recently": (_LATEST, "facts.rating <= 2"),
    "unresolved_recently": (_LATEST, _STUCK),
    "reopened_recently": (_LATEST, "facts.reopen_count > 0"),
    "frustrated_recently": (_LATEST, "heard.sentiment = 'frustrated'"),
    "open_now": (_OLDEST, _OPEN),
    "mean_rating": ("order by facts.rating asc nulls last, facts.created_at desc", "facts.rating is not null"),
    "silence_days": (_LATEST, "true"),
    "silence_ratio": (_LATEST, "true"),
}
"""Reason -> which of the customer's tickets stands for it: the order they are taken in, and which ones can."""
_PICKED: Final = ", ".join(
    f"(array_agg(facts.ticket_id {order}) filter (where {which}))[1] as {slug}"
    for slug, (order, which) in _WHICH.items()
)
_STATEMENT: Final = (
    f"select facts.customer_hash, {_PICKED} from marts.fct_tickets as facts"
    " left join lateral (select said.sentiment from marts.ticket_predictions as said"
    " where said.ticket_id = facts.ticket_id order by said.predicted_at desc, said.id desc limit 1) as heard on true"
    " where facts.customer_hash = any(cast(:customers as bigint[])) and not facts.is_excluded"
    " group by facts.customer_hash"
)


def reason_tickets(connection: sa.Connection, customers: Iterable[int]) -> dict[int, dict[str, int]]:
    """Return, for each customer, the ticket behind each reason that one ticket stands for.

    Args:
        connection: In the role that reads marts.
        customers: Their numbers, as the facts have them.
    """
    found = connection.execute(sa.text(_STATEMENT), {"customers": list(customers)})
    return {
        row.customer_hash: {slug: getattr(row, slug) for slug in _WHICH if getattr(row, slug) is not None}
        for row in found
    }
