"""The pages of the portal, in the order of the navigation."""

from typing import Final

from portal.frame.page import Page
from portal.topics.agents.page import PAGE as AGENTS
from portal.topics.churn.page import PAGE as CHURN
from portal.topics.classifier.page import PAGE as CLASSIFIER
from portal.topics.drivers.page import PAGE as DRIVERS
from portal.topics.forecast.page import PAGE as FORECAST
from portal.topics.insights.page import PAGE as INSIGHTS
from portal.topics.overview.page import PAGE as OVERVIEW
from portal.topics.resolution.page import PAGE as RESOLUTION
from portal.topics.staffing.page import PAGE as STAFFING
from portal.topics.tickets.page import PAGE as TICKETS
from portal.topics.volume.page import PAGE as VOLUME

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
    CLASSIFIER,
)


def page_at(path: str) -> Page | None:
    """Return the page at a path of the address; None when there is none."""
    return next((page for page in PAGES if page.matches(path)), None)
