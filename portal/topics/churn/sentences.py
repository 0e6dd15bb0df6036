"""The sentences about leaving that are made from a slug and numbers. A second language is a second list of them."""

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, str]] = {
    "no_customers": "There are no customers with tickets yet.",
    "nobody_left": (
        "Nobody has recorded which customers left, so there are no chances, only points that say whom to call first."
    ),
    "too_few_to_learn": (
        "{departure_count:recorded departure}, or the days they cover, are too few to learn chances from and to test"
        " them. Points are shown, which say whom to call first."
    ),
    "leaving_dates": (
        "A file of customers with the dates on which they left fills this page: support-analytics import customers.csv"
        " --kind customers"
    ),
    "too_few_for_pain_points": "Pain points need at least {least_departures} recorded departures.",
}
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
