"""Ids of the Insights page."""

from typing import Final

LIST: Final = "insights-list"
GAPS: Final = "insights-gaps"
