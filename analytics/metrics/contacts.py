"""How much it takes to solve a ticket, and who does it."""

from typing import Final

from analytics.metrics.model import Anchor, Better, Kind, Metric
from analytics.metrics.needs import HISTORY, MESSAGES

CONTACTS: Final[tuple[Metric, ...]] = (
    Metric(
        "contacts",
        "Contacts per ticket",
        "contacts",
        Kind.MEAN,
        Anchor.HAPPENED,
        "Customer-facing interactions per ticket, over tickets resolved in the period.",
        "contacts_sum",
        "resolved_with_messages",
        better=Better.LOWER,
        need=MESSAGES,
    ),
    Metric(
        "proactive_updates",
        "Proactive updates per ticket",
        "updates",
        Kind.MEAN,
        Anchor.HAPPENED,
        "Public messages from the desk that answered no customer message, before resolution, per ticket resolved.",
        "proactive_updates_sum",
        "resolved_with_messages",
        better=Better.HIGHER,
        need=MESSAGES,
    ),
    Metric(
        "same_agent_share",
        "Same-agent share",
        "share",
        Kind.SHARE,
        Anchor.HAPPENED,
        "Resolved tickets whose agent contacts (two or more) were all by one agent ÷ resolved tickets with two or "
        "more.",
        "same_agent",
        "several_agent_contacts",
        better=Better.HIGHER,
        need=MESSAGES,
    ),
    Metric(
        "escalation_rate",
        "Escalation rate",
        "share",
        Kind.SHARE,
        Anchor.HAPPENED,
        "Resolved tickets that changed team or were raised in priority by a person ÷ tickets resolved. A source that "
        "gives no status history is taken to give no other history either.",
        "escalated",
        "resolved_with_history",
        better=Better.LOWER,
        need=HISTORY,
    ),
)
