"""Every page over desks whose history is odd, after every job has run: what is missing is said, nothing breaks.

The jobs are run once for what the pages say and for what `test_no_prose.py` asks of every desk.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import joblib
import orjson
import pytest
from plotly.io.json import to_json_plotly

from etl.forecasting import looking_ahead
from etl.running.workers import mapped
from portal.frame.page import Asked, Page
from portal.frame.services import PortalServices
from portal.topics.registry import PAGES
from tests.factories.odd_histories import ODD_HISTORIES, OddHistory
from tests.factories.portal import make_server, services_on
from tests.integration.conftest import Database
from tests.integration.etl.jobs.insight_desk import insight_desk
from tests.integration.etl.jobs.written_words import run_every_job, words_of_the_program

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


@pytest.fixture(scope="module")
def remembered() -> dict[str, object]:
    """Forecasts by what they were made from."""
    return {}


@pytest.fixture
def same_series_once(monkeypatch: pytest.MonkeyPatch, remembered: dict[str, object]) -> None:
    """Forecast a series once that several desks have: a forecast hangs on nothing but the arguments."""

    def asked(function: Callable[..., object], tasks: Sequence[tuple[Any, ...]], workers: int) -> Iterator[object]:
        keys = [str(joblib.hash((function.__qualname__, task))) for task in tasks]
        new = {key: task for key, task in zip(keys, tasks, strict=True) if key not in remembered}
        remembered.update(zip(new, mapped(function, list(new.values()), workers), strict=True))
        return iter([remembered[key] for key in keys])

    monkeypatch.setattr(looking_ahead, "mapped", asked)


@pytest.mark.usefixtures("same_series_once")
@pytest.mark.parametrize("history", ODD_HISTORIES, ids=lambda history: history.name)
def test_every_page_of_an_odd_desk(database: Database, history: OddHistory) -> None:
    """No job fails or writes prose, no block fails, no number that is none is shown, and what is missing is said."""
    with database.engine.begin() as connection:
        history.add(connection)
    with insight_desk(database) as desk:
        desk.refresh()
        run_every_job(desk)
        assert words_of_the_program(desk) == {}
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
