"""The pages of the portal, in the order of the navigation."""

from typing import Final

from portal.frame.page import Page
from portal.topics.agents.page import PAGE as AGENTS
from portal.topics.backlog.page import PAGE as BACKLOG
from portal.topics.churn.page import PAGE as CHURN
from portal.topics.classifier.page import PAGE as CLASSIFIER
from portal.topics.customers.page import PAGE as CUSTOMERS
from portal.topics.data_health.page import PAGE as DATA_HEALTH
from portal.topics.drivers.page import PAGE as DRIVERS
from portal.topics.forecast.page import PAGE as FORECAST
from portal.topics.insights.page import PAGE as INSIGHTS
from portal.topics.overview.page import PAGE as OVERVIEW
from portal.topics.resolution.page import PAGE as RESOLUTION
from portal.topics.satisfaction.page import PAGE as SATISFACTION
from portal.topics.sla.page import PAGE as SLA
from portal.topics.staffing.page import PAGE as STAFFING
from portal.topics.tickets.page import PAGE as TICKETS
from portal.topics.volume.page import PAGE as VOLUME

PAGES: Final[tuple[Page, ...]] = (
    OVERVIEW,
    INSIGHTS,
    TICKETS,
    BACKLOG,
    VOLUME,
    RESOLUTION,
    SLA,
    SATISFACTION,
    DRIVERS,
    CUSTOMERS,
    AGENTS,
    CHURN,
    FORECAST,
    STAFFING,
    CLASSIFIER,
    DATA_HEALTH,
)


def page_at(path: str) -> Page | None:
    """Return the page at a path of the address; None when there is none."""
    return next((page for page in PAGES if page.matches(path)), None)
