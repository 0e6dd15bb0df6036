"""Ids of the Agents page."""

from typing import Final

CHOICES: Final = "agents-choices"
FUNNEL: Final = "agents-funnel"
TABLE: Final = "agents-table"
CHARTS: Final = (FUNNEL,)
