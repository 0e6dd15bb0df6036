"""What a source has to give for a metric to be known."""

from typing import Final

from analytics.metrics.model import Need

HISTORY: Final = Need("resolved_with_history", "no status history")
REOPENS: Final = Need("resolved_with_reopens", "neither a status history nor a number of reopenings")
TOUCHES: Final = Need("resolved_with_touches", "too little: replies, and a status history or a number of reopenings")
MESSAGES: Final = Need("resolved_with_messages", "no messages")
REPLY: Final = Need("resolved_with_reply", "neither messages nor the time of the first reply")
MINUTES: Final = Need("resolved_with_minutes", "no minutes of work")
