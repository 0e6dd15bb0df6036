"""Ids of the page on what goes with ratings."""

from typing import Final

EFFECTS: Final = "drivers-effects"
SHARES: Final = "drivers-shares"
CORRELATIONS: Final = "drivers-correlations"
RESPONSE: Final = "drivers-response"
