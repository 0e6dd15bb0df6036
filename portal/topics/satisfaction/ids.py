"""Ids of the Satisfaction page."""

from typing import Final

WEEKS: Final = "satisfaction-weeks"
MOVED: Final = "satisfaction-moved"
LOW: Final = "satisfaction-low"
CHOICES: Final = "satisfaction-choices"
PARTS: Final = "satisfaction-parts"
CHARTS: Final = (WEEKS,)
