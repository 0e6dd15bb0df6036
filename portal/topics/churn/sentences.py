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
