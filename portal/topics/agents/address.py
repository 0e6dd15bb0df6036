"""Ways to look at agents that are no filters. They too live in the address."""

from typing import Final

from portal.widgets.views import View

AGENT_METRICS: Final = View(
    "on",
    (
        ("resolution_time", "Resolution time"),
        ("first_reply_time", "First reply time"),
        ("mean_rating", "Ratings"),
        ("csat", "Good ratings"),
        ("reopen_rate", "Reopened"),
    ),
)
