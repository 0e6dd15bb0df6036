"""Every entry to the product, over a database of another version: one sentence, what to do, and nothing written."""

import os
import signal
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from starlette.applications import Starlette
from starlette.testclient import TestClient

from etl.jobs.registry import JOBS
from etl.running.job import JobContext
from etl.running.runner import run_job
from portal.web.health import health_routes
from standalone import cli
from tests.integration.conftest import Database, DeskTemplates
from warehouse.engine import DatabaseRole, create_engine_for
from warehouse.schema_revision import known_revisions, refuse_other_schemas

NEWER = "9999"
OLDER = known_revisions()[-2]
READING = (
    ["etl", "run", "refresh_marts"],
    ["etl", "run", "backup_database"],
    ["etl", "watch"],
    ["etl", "schedule"],
    ["etl", "status"],
    ["import", "list"],
    ["query", "created"],
    ["calendar", "list"],
    ["classifier", "categories", "list"],
    ["users", "list"],
    ["db", "backup"],
)
MIGRATING = (["portal"], ["prepare"], ["up", "--no-browser", "--port", "1"], ["db", "migrate"])


@pytest.fixture(scope="module")
def desk(desk_templates: DeskTemplates) -> Iterator[Database]:
    """A desk without tickets, in which no command can write."""
    with desk_templates.clone(_nothing) as database:
        with database.engine.begin() as connection:
            name = connection.dialect.identifier_preparer.quote(str(database.url.database))
            connection.execute(sa.text(f"alter database {name} set default_transaction_read_only = on"))
        database.engine.dispose()
        yield database


def _nothing(_engine: sa.Engine) -> None:
    return None


def set_revision(database: Database, revision: str) -> None:
    """Make the database one of another version."""
    with database.engine.begin() as connection:
        connection.execute(sa.text("set transaction read write"))
        connection.execute(sa.text("update ops.alembic_version set version_num = :it"), {"it": revision})


@pytest.fixture(autouse=True)
def _environment(desk: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DATABASE_URL", desk.url.render_as_string(hide_password=False))
    monkeypatch.setenv("SUPPORT_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(os, "nice", lambda _by: 0)
    monkeypatch.setattr("standalone.serve_cli.check_port", lambda _port: None)
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("arguments", [*READING, *MIGRATING], ids=" ".join)
def test_a_newer_schema_ends_every_command_in_a_sentence(
    desk: Database, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """No traceback, and nothing written: the database takes no writes here."""
    set_revision(desk, NEWER)
    assert cli.main(arguments) == 1
    told = "".join(capsys.readouterr())
    assert f"The schema of the database is revision {NEWER}, which this version of support-analytics does" in told
    assert "use that version, or a newer one" in told
    assert "Traceback" not in told


@pytest.mark.parametrize("arguments", [each for each in READING if "backup" not in each[-1]], ids=" ".join)
def test_an_older_schema_names_the_command_to_run(
    desk: Database, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A backup is made of it as it is, so that one can be made before the migration."""
    set_revision(desk, OLDER)
    assert cli.main(arguments) == 1
    told = "".join(capsys.readouterr())
    assert f"revision {OLDER}, older than this version" in told
    assert "Run: support-analytics db migrate" in told


@pytest.fixture
def readiness(desk: Database) -> Iterator[TestClient]:
    """Asks whether a portal over the desk is ready; each question has connections of its own."""
    roles = (DatabaseRole.PORTAL_READER, DatabaseRole.PORTAL_EDITOR)
    reader, editor = (create_engine_for(desk.url, role, poolclass=sa.NullPool) for role in roles)
    for engine in (reader, editor):
        refuse_other_schemas(engine)
    yield TestClient(Starlette(routes=health_routes(reader, editor, lambda: False)))
    reader.dispose()
    editor.dispose()


@pytest.mark.parametrize(("revision", "reason"), [(NEWER, "does not know"), (OLDER, "Run: support-analytics db mig")])
def test_a_portal_is_not_ready_over_another_schema(
    desk: Database, readiness: TestClient, revision: str, reason: str
) -> None:
    """It says which, and is ready as soon as the schema is the one it needs."""
    set_revision(desk, revision)
    answer = readiness.get("/readyz")
    assert answer.status_code == 503
    assert reason in answer.json()["message"]
    set_revision(desk, known_revisions()[-1])
    assert readiness.get("/readyz").status_code == 200


def test_a_portal_that_answers_goes_on_while_a_newer_version_migrates(desk: Database, readiness: TestClient) -> None:
    """Else nothing would answer between the migration and the first new portal."""
    set_revision(desk, known_revisions()[-1])
    assert readiness.get("/readyz").status_code == 200
    set_revision(desk, NEWER)
    assert readiness.get("/readyz").status_code == 200


def test_a_watching_job_stops_at_a_newer_schema(desk: Database) -> None:
    """It was started before the migration; what it would write may not be right any more."""
    engine = create_engine_for(desk.url, DatabaseRole.ETL_WRITER, poolclass=sa.NullPool)
    refuse_other_schemas(engine)
    set_revision(desk, known_revisions()[-1])
    engine.connect().close()
    set_revision(desk, NEWER)
    done = run_job(JOBS["refresh_marts"], JobContext(engine, datetime.now(UTC), "UTC"))
    assert done.exit_code == 1
    assert "does not know" in done.error
    engine.dispose()
