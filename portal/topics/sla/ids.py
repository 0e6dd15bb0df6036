"""Ids of the SLA page."""

from typing import Final

SAID: Final = "sla-said"
CARDS: Final = "sla-cards"
DUE: Final = "sla-due"
TREND: Final = "sla-trend"
CHOICES: Final = "sla-choices"
SPLIT: Final = "sla-split"
REPLAY: Final = "sla-replay"
CHARTS: Final = (TREND,)
