"""Step 0008: what sentences told is carried over, so that pages say the same as before.

`stored_at_0007.json` holds rows as the jobs of revision 0007 kept them, and every word that the pages about ratings
and leaving make of them: of a made-up bookshop, of odd desks, and two collections with each kind of sentence there was.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pytest
import sqlalchemy as sa

from portal.topics.registry import PAGES
from tests.factories.portal import make_server, services_on
from tests.integration.conftest import Database
from tests.integration.conftest import _database as fresh_database
from tests.integration.portal.topics.test_odd_histories import drawn_words
from warehouse.embedded.postgres import EmbeddedPostgres, create_database
from warehouse.engine import create_engine_for
from warehouse.migrations import migrate

_STORED: Final = json.loads((Path(__file__).parent / "stored_at_0007.json").read_text(encoding="utf-8"))
_TEMPLATE: Final = "template_at_0007"
_TICKET: Final = (
    "insert into support.support_tickets (customer_email, subject, content) values ('a@b.example', 's', 'c')"
)


@pytest.fixture(scope="module")
def template_at_0007(postgres_server: EmbeddedPostgres) -> str:
    """Name of a database at revision 0007."""
    create_database(postgres_server.running, _TEMPLATE)
    engine = create_engine_for(postgres_server.url(_TEMPLATE), poolclass=sa.NullPool)
    migrate(engine, "0007")
    engine.dispose()
    return _TEMPLATE


@pytest.fixture
def database_at_0007(postgres_server: EmbeddedPostgres, template_at_0007: str) -> Iterator[Database]:
    """A fresh database at revision 0007."""
    yield from fresh_database(postgres_server, template_at_0007)


def insert(database: Database, stored: Mapping[str, list[dict[str, Any]]]) -> None:
    """Insert rows of that revision into the tables as they were."""
    with database.engine.begin() as connection:
        connection.execute(sa.text("delete from marts.dimension_values"))
        for name, rows in stored.items():
            schema, _, table = name.partition(".")
            reflected = sa.Table(table, sa.MetaData(), schema=schema, autoload_with=connection)
            connection.execute(reflected.insert(), rows)


def rows_of(database: Database, query: str) -> list[tuple[Any, ...]]:
    """Return what a query says."""
    with database.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(query))]


@pytest.mark.parametrize("desk", _STORED)
def test_pages_say_the_same_after_the_upgrade(database_at_0007: Database, desk: str) -> None:
    """Word for word, on every page that still shows what was stored as sentences."""
    insert(database_at_0007, _STORED[desk]["rows"])
    with database_at_0007.engine.begin() as connection:  # only a desk with tickets keeps the names of its categories
        connection.execute(sa.text(_TICKET))
    migrate(database_at_0007.engine)
    server = make_server()
    with services_on(database_at_0007, server) as services, server.test_request_context():
        said = {page.slug: list(drawn_words(page, services)) for page in PAGES if page.slug in _STORED[desk]["said"]}
    assert said == _STORED[desk]["said"]


def test_insights_wait_for_the_next_run(database_at_0007: Database) -> None:
    """Step 0020: their claims and facts have changed; the page says that nothing has been looked at yet."""
    insert(database_at_0007, _STORED["bookshop"]["rows"])
    migrate(database_at_0007.engine)
    for table in ("insights", "insight_gaps"):
        assert rows_of(database_at_0007, f"select * from marts.{table}") == []
    assert rows_of(database_at_0007, "select * from marts.insight_runs where job = 'write_insights'") == []


def test_insights_keep_since_when_they_are_said(database_at_0007: Database) -> None:
    """What an insight is about has the name that the job gives it now, or it would be new the next night."""
    insert(database_at_0007, _STORED["bookshop"]["rows"])
    migrate(database_at_0007.engine, "0019")
    subjects = dict(rows_of(database_at_0007, "select claim, subject from marts.insights"))
    assert subjects["slowest_category"] == "technical_support"
    assert subjects["most_missed_targets"] == "technical_support/urgent"
    assert subjects["quick_replies"] == "quick_replies"


def test_what_cannot_be_carried_over_goes_until_the_next_run(database_at_0007: Database) -> None:
    """A sentence that no version made is dropped, and so are odd days whose words are kept nowhere any more."""
    stored = _STORED["every kind, told"]["rows"]
    odd = [row for row in stored["marts.insights"] if row["topic"] == "odd_days"]
    strange = {**stored["marts.insights"][0], "place": 90, "title": "Something else.", "detail": "Nobody knows."}
    gap = {"topic": "season", "why": "No reason.", "what_to_do": "Nothing."}
    insert(database_at_0007, {"marts.insights": [*odd, strange], "marts.insight_gaps": [gap]})
    migrate(database_at_0007.engine, "0019")
    assert odd
    assert rows_of(database_at_0007, "select * from marts.insights") == []
    assert rows_of(database_at_0007, "select * from marts.insight_gaps") == []


def test_what_went_wrong_and_what_was_unusual_are_slugs(database_at_0007: Database) -> None:
    """Of jobs, of imports, and of records that broke a rule."""
    notices = [
        "Columns of the profile that the file lacks: a, b.",
        "Kept in the tickets' metadata: note.",
        "The file has no key: a row's content is its key, so a corrected row comes in as a new ticket.",
        "3 rows above the names of the columns were skipped.",
        "Column 3 has no name; it is kept as 'column 3 (2)'.",
        'Column 4 repeats the name "it\'s"; it is kept as "it\'s (2)".',
    ]
    errors = (
        "The job broke off: a fault in the program.",
        "The database refused or broke off the work (OperationalError, 57P01).",
        "The database refused or broke off the work (OperationalError, no SQLSTATE).",
        "The backup store is full. Make room.",
    )
    record: dict[str, Any] = {"id": 1, "source": "s", "import_id": 1, "line_number": 2, "payload": {}}
    stored: dict[str, list[dict[str, Any]]] = {
        "ops.job_runs": [{"job": "a", "outcome": "failed", "error": each} for each in errors],
        "raw.imports": [{"id": 1, "source": "s", "file_name": "f", "profile": {}, "report": {"notices": notices}}],
        "raw.quarantined_records": [
            record | {"reasons": [{"code": "missing", "column": "made", "message": "'made' is blank, and has to be."}]}
        ],
        "ops.rebuild_requests": [{"reason": "sla_policies changed"}],
    }
    insert(database_at_0007, stored)
    migrate(database_at_0007.engine)
    found = rows_of(database_at_0007, "select error from ops.job_runs order by id")
    assert [error for (error,) in found] == ["program_fault", "database:57P01", "database", "not_kept"]
    ((report,),) = rows_of(database_at_0007, "select report from raw.imports")
    assert report["notices"] == [
        {"notice": "columns_missing", "columns": "a, b"},
        {"notice": "columns_kept", "columns": "note"},
        {"notice": "no_key"},
        {"notice": "rows_skipped", "row_count": 3},
        {"notice": "column_without_name", "position": 3, "given": "column 3 (2)"},
        {"notice": "column_repeated", "position": 4, "name": "it's", "given": "it's (2)"},
    ]
    reasons = rows_of(database_at_0007, "select reasons from raw.quarantined_records")
    assert reasons == [([{"code": "missing", "column": "made"}],)]
    # Later steps ask for a rebuild too.
    reasons = rows_of(database_at_0007, "select reason from ops.rebuild_requests")
    assert ("sla_policies",) in reasons
    assert all(reason.isidentifier() for (reason,) in reasons)


def test_no_rule_is_kept_as_nothing_and_the_desks_own_rules_stay(database_at_0007: Database) -> None:
    """The program's sentence goes; a sentence that the desk wrote is its own."""
    predicted = (
        "insert into support.ticket_predictions (ticket_id, model_version, reasons)"
        " select id, reason, jsonb_build_object('priority', reason) from support.support_tickets,"
        " unnest(array['No priority rule matches.', 'Schools come first.']) as reason"
    )
    with database_at_0007.engine.begin() as connection:
        connection.execute(sa.text(_TICKET))
        connection.execute(sa.text(predicted))
    migrate(database_at_0007.engine)
    kept = rows_of(database_at_0007, "select reasons ->> 'priority' from support.ticket_predictions order by 1")
    assert kept == [("",), ("Schools come first.",)]
