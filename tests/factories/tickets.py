"""Tickets as a list shows them."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from portal.topics.tickets.dataset import Elapsed, SlaOutcome, TicketRow

_ZONE = ZoneInfo("Africa/Johannesburg")


def make_ticket_row(**columns: Any) -> TicketRow:
    """Return a resolved ticket; every column can be given."""
    values = {
        "ticket_id": 17,
        "created": datetime(2026, 2, 3, 14, 3, tzinfo=_ZONE),
        "resolved": datetime(2026, 2, 3, 16, 9, tzinfo=_ZONE),
        "subject": "Where is my parcel?",
        "category": "Book order",
        "priority": "high",
        "status": "closed",
        "channel": "email",
        "customer_type": "school",
        "agent": "Lerato",
        "team": "orders",
        "first_reply": Elapsed(41.0, "minutes"),
        "resolution": Elapsed(126.0, "minutes"),
        "sla": SlaOutcome(0, 2, None),
        "rating": 5,
        **columns,
    }
    return TicketRow(**values)
