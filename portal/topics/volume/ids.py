"""Ids of the Volume page."""

from typing import Final

CHANGES: Final = "volume-changes"
TICKETS: Final = "volume-tickets"
SPLIT_CHOICE: Final = "volume-split-choice"
SPLIT: Final = "volume-split"
SHARES: Final = "volume-shares"
ARRIVALS: Final = "volume-arrivals"
YEARS: Final = "volume-years"
MONTHS: Final = "volume-months"
CHARTS: Final = (TICKETS, YEARS, MONTHS)
