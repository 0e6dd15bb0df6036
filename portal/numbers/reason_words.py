"""What a manager calls the reasons for which a customer may leave."""

from collections.abc import Mapping
from typing import Final

REASONS: Final[Mapping[str, str]] = {
    "late_recently": "late answers",
    "low_ratings_recently": "low ratings",
    "unresolved_recently": "unresolved tickets",
    "reopened_recently": "reopened tickets",
    "frustrated_recently": "frustrated messages",
    "open_now": "open tickets",
    "tickets_recently": "how often they wrote lately",
    "tickets_in_year": "how often they write",
    "trend": "writing more or less than usual",
    "mean_rating": "their ratings on the whole",
    "silence_days": "time since the last ticket",
    "silence_ratio": "a silence longer than usual",
    "customer_days": "how long they are customers",
}
"""What raises a customer's score -> what a manager calls it."""
