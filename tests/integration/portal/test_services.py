"""Pages get exact answers, worked out once for each state of the data, with or without the shared cache."""

from collections.abc import Iterator

import flask
import pytest
import sqlalchemy as sa
from flask_caching import Cache

from portal.services import PortalServices
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


@pytest.fixture(params=["SimpleCache", "a RedisCache that does not answer"])
def services(request: pytest.FixtureRequest, database: Database) -> Iterator[PortalServices]:
    server = flask.Flask("portal", static_folder=None)
    config = {"CACHE_TYPE": "SimpleCache"}
    if request.param != "SimpleCache":
        config = {"CACHE_TYPE": "RedisCache", "CACHE_REDIS_URL": "redis://127.0.0.1:1/0"}
    reader = database.engine_as(DatabaseRole.PORTAL_READER)
    with server.app_context():
        yield PortalServices(reader, reader, Cache(server, config=config))
    reader.dispose()


def test_an_answer_comes_whether_or_not_the_cache_answers(services: PortalServices) -> None:
    assert services.ask(Question(), 21) == 42


def test_other_arguments_are_another_question(services: PortalServices) -> None:
    question = Question()

    assert [services.ask(question, number) for number in (1, 2, 1)] == [2, 4, 2]
    assert question.times >= 2
