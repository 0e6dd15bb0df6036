"""What a deployment in containers does before its services start."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from analytics.errors import SettingsError
from standalone.deployment_cli import prepare
from standalone.deployment_secrets import make_secrets
from standalone.installation import Kind, MixedDataError
from warehouse.embedded.postgres import EmbeddedPostgres
from warehouse.engine import DatabaseRole, create_engine_for
from warehouse.settings import Settings

TICKETS = 60


@pytest.fixture
def server_url(tmp_path: Path) -> Iterator[sa.URL]:
    """A server of its own: log-ins belong to a whole server, and tests side by side share theirs."""
    with EmbeddedPostgres(tmp_path / "server") as server:
        yield server.url()


@pytest.fixture
def secrets(tmp_path: Path, server_url: sa.URL, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A deployment's secrets, and the environment of `prepare`."""
    directory = tmp_path / "secrets"
    make_secrets(directory)
    monkeypatch.setenv("SUPPORT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("DATABASE_URL", server_url.render_as_string(hide_password=False))
    monkeypatch.setenv("CLASSIFIER_REGISTRY_URL", str(tmp_path / "models"))
    monkeypatch.setenv("CLASSIFIER_SIGNING_KEY_FILE", str(directory / "prepare" / "signing_key"))
    return directory


def run(secrets: Path, kind: Kind = Kind.DEMO) -> None:
    """Prepare a small demo as docker-compose.yml does."""
    prepare(
        kind=kind,
        tickets=TICKETS,
        seed=1,
        portal_password_file=secrets / "prepare" / "portal_password",
        etl_password_file=secrets / "prepare" / "etl_password",
        backup_password_file=secrets / "prepare" / "backup_password",
    )


def test_everything_is_prepared_once(secrets: Path, tmp_path: Path, server_url: sa.URL) -> None:
    """Tickets, numbers, rules and a model are there, and a second run changes none of them."""
    counted = sa.text(
        "SELECT (SELECT count(*) FROM support.support_tickets), (SELECT version FROM ops.data_version),"
        " (SELECT count(*) FROM ops.job_runs WHERE job = 'refresh_marts')"
    )
    run(secrets)
    with create_engine_for(server_url, poolclass=sa.NullPool).connect() as connection:
        before = connection.execute(counted).one()
    models = sorted(path.name for path in (tmp_path / "models").rglob("*.joblib"))
    run(secrets)
    with create_engine_for(server_url, poolclass=sa.NullPool).connect() as connection:
        assert connection.execute(counted).one() == before
    assert before[0] == TICKETS
    assert models
    assert sorted(path.name for path in (tmp_path / "models").rglob("*.joblib")) == models
    assert not (tmp_path / "data" / "manager_password").exists()


def test_each_service_logs_in_with_its_own_file(secrets: Path, server_url: sa.URL) -> None:
    """The portal's password opens the portal's login, with its roles and no others."""
    run(secrets)
    host = f"postgresql+psycopg2://support_portal@{server_url.host}:{server_url.port}/{server_url.database}"
    file = secrets / "portal" / "database_password"
    url = Settings.from_environment({"DATABASE_URL": host, "DATABASE_PASSWORD_FILE": str(file)}).database_url
    assert url is not None
    with create_engine_for(url, DatabaseRole.PORTAL_READER).connect() as connection:
        assert connection.scalar(sa.text("SELECT session_user")) == "support_portal"
    with pytest.raises(sa.exc.ProgrammingError, match="permission denied"):
        create_engine_for(url, DatabaseRole.OWNER).connect()


def test_demo_and_own_tickets_are_not_mixed(secrets: Path) -> None:
    """A forgotten line in `.env` does not turn a demo into somebody's desk."""
    run(secrets)
    with pytest.raises(MixedDataError):
        run(secrets, Kind.OWN)


def test_a_password_that_would_need_quoting_is_refused(secrets: Path) -> None:
    """It stands in a statement; nothing of it is shown."""
    (secrets / "prepare" / "portal_password").chmod(0o600)
    (secrets / "prepare" / "portal_password").write_text("it's; DROP ROLE x\n")
    with pytest.raises(SettingsError, match="other signs") as caught:
        run(secrets)
    assert "DROP" not in str(caught.value)


def test_without_an_address_there_is_nothing_to_prepare(secrets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The embedded database is prepared by `demo` and `up`."""
    monkeypatch.delenv("DATABASE_URL")
    with pytest.raises(SettingsError, match="DATABASE_URL"):
        run(secrets)
