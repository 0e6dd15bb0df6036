"""Ids of the Overview."""

from typing import Final

HEADLINE: Final = "overview-headline"
KPIS: Final = "overview-kpis"
TICKETS: Final = "overview-tickets"
ATTENTION: Final = "overview-attention"
CATEGORIES: Final = "overview-categories"
ARRIVALS: Final = "overview-arrivals"
FLOW: Final = "overview-flow"
BACKLOG: Final = "overview-backlog"
CHARTS: Final = (TICKETS, FLOW, BACKLOG)
