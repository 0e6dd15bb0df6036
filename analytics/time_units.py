"""How many of one unit of time are in another."""

from typing import Final

MINUTE_SECONDS: Final = 60
HOUR_SECONDS: Final = 3_600
DAY_SECONDS: Final = 86_400
HOUR_MINUTES: Final = 60
DAY_MINUTES: Final = 1_440
DAY_HOURS: Final = 24
WEEK_DAYS: Final = 7
YEAR_MONTHS: Final = 12
MEAN_YEAR_DAYS: Final = 365.25
"""On average, leap years among them."""
MEAN_MONTH_DAYS: Final = MEAN_YEAR_DAYS / YEAR_MONTHS
