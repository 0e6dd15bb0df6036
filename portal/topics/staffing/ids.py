"""Ids of the Staffing page."""

from typing import Final

CHOICES: Final = "staffing-choices"
SUMMARY: Final = "staffing-summary"
PEOPLE: Final = "staffing-people"
LEVELS: Final = "staffing-levels"
SHIFTS: Final = "staffing-shifts"
GAPS: Final = "staffing-gaps"
SETTINGS: Final = "staffing-settings"
ROSTER: Final = "staffing-roster"
