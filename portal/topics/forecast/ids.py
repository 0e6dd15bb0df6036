"""Ids of the Forecast page."""

from typing import Final

SERIES: Final = "forecast-series"
OUTLOOK: Final = "forecast-outlook"
CHECK: Final = "forecast-check"
ACCURACY: Final = "forecast-accuracy"
TREND: Final = "forecast-trend"
WEEK: Final = "forecast-week"
YEAR: Final = "forecast-year"
NAMED: Final = "forecast-named"
WHAT_IF: Final = "forecast-what-if"
EVENTS: Final = "forecast-events"
CHARTS: Final = (OUTLOOK,)
