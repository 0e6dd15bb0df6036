"""Ids of the page on leaving."""

from typing import Final

PAIN_POINTS: Final = "churn-pain-points"
HAZARDS: Final = "churn-hazards"
CUSTOMERS: Final = "churn-customers"
TRUST: Final = "churn-trust"
