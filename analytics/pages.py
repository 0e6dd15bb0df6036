"""Paths of the portal's pages, for whatever leads to one."""

from typing import Final

OVERVIEW: Final = "/"
TICKETS: Final = "/tickets"
VOLUME: Final = "/volume"
RESOLUTION: Final = "/resolution"
AGENTS: Final = "/agents"
DRIVERS: Final = "/drivers"
CHURN: Final = "/churn"
INSIGHTS: Final = "/insights"
FORECAST: Final = "/forecast"
STAFFING: Final = "/staffing"
CLASSIFIER: Final = "/classifier"
