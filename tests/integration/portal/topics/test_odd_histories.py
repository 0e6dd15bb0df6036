"""Every page over desks whose history is odd, after every job has run: what is missing is said, nothing breaks."""

import re
from collections.abc import Iterator

import orjson
import pytest
from plotly.io.json import to_json_plotly

from portal.frame.page import Asked, Page
from portal.frame.services import PortalServices
from portal.topics.registry import PAGES
from tests.factories.odd_histories import ODD_HISTORIES, OddHistory
from tests.factories.portal import make_server, services_on
from tests.integration.conftest import Database
from tests.integration.etl.jobs.insight_desk import insight_desk

ANALYSES = (
    "forecast_demand",
    "plan_staffing",
    "compare_agents",
    "find_anomalies",
    "analyse_drivers",
    "score_churn",
    "write_insights",
)
_NO_NUMBER = re.compile(r"\b(nan|inf|null|nat)\b", re.IGNORECASE)


def words(sent: object) -> Iterator[str]:
    """Yield every text that a reader is shown, of what is sent to the browser."""
    if isinstance(sent, str):
        yield sent
    elif isinstance(sent, list):
        for part in sent:
            yield from words(part)
    elif isinstance(sent, dict):
        for name in ("children", "content", "props", "text", "layout", "title", "annotations", "name", "hovertemplate"):
            yield from words(sent.get(name))


@pytest.mark.parametrize("history", ODD_HISTORIES, ids=lambda history: history.name)
def test_every_page_of_an_odd_desk(database: Database, history: OddHistory) -> None:
    """No job fails, no block fails, no number that is none is shown, and what cannot be said is said to be so."""
    with database.engine.begin() as connection:
        history.add(connection)
    with insight_desk(database) as desk:
        desk.refresh()
        for name in ANALYSES:
            desk.run(name)
    server = make_server()
    with services_on(database, server) as services, server.test_request_context():
        said = {page.slug: " ".join(drawn_words(page, services)) for page in PAGES}
    assert {slug: found for slug, text in said.items() if (found := _NO_NUMBER.findall(text))} == {}
    for slug, sentence in history.said.items():
        assert sentence in said[slug]


def drawn_words(page: Page, services: PortalServices) -> Iterator[str]:
    """Yield what all of a page's blocks say, over all time."""
    for block in page.blocks:
        drawn = block.draw(services, Asked("?period=all", "light"))
        assert len(drawn) == len(block.outputs)
        yield from words(orjson.loads(to_json_plotly(list(drawn))))
