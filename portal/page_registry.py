"""The pages of the portal, in the order of the navigation."""

from typing import Final

from portal.page import Page
from portal.pages.agents import PAGE as AGENTS
from portal.pages.churn import PAGE as CHURN
from portal.pages.drivers import PAGE as DRIVERS
from portal.pages.forecast import PAGE as FORECAST
from portal.pages.insights import PAGE as INSIGHTS
from portal.pages.overview import PAGE as OVERVIEW
from portal.pages.resolution import PAGE as RESOLUTION
from portal.pages.staffing import PAGE as STAFFING
from portal.pages.tickets import PAGE as TICKETS
from portal.pages.volume import PAGE as VOLUME

PAGES: Final[tuple[Page, ...]] = (
    OVERVIEW,
    INSIGHTS,
    VOLUME,
    RESOLUTION,
    FORECAST,
    STAFFING,
    AGENTS,
    DRIVERS,
    CHURN,
    TICKETS,
)


def page_at(path: str) -> Page | None:
    """Return the page at a path of the address; None when there is none."""
    return next((page for page in PAGES if page.matches(path)), None)
