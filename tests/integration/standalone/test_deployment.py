"""What a deployment in containers does before its services start."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa

from analytics.errors import SettingsError
from standalone.deployment_cli import prepare
from standalone.deployment_secrets import make_secrets
from standalone.installation import Kind, MixedDataError
from tests.integration.conftest import Database
from warehouse.embedded.postgres import EmbeddedPostgres
from warehouse.engine import DatabaseRole, create_engine_for
from warehouse.settings import Settings

TICKETS = 60


@dataclass(frozen=True, slots=True)
class Deployment:
    """What `prepare` is run on.

    Attributes:
        root: Directory of everything.
        url: The database, on a server of its own: log-ins belong to a whole server.
    """

    root: Path
    url: sa.URL

    @property
    def secrets(self) -> Path:
        """Directory of passwords and keys."""
        return self.root / "secrets"

    def prepare(self, kind: Kind = Kind.DEMO) -> None:
        """Prepare a small demo as docker-compose.yml does."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SUPPORT_DATA_DIR", str(self.root / "data"))
            patch.setenv("DATABASE_URL", self.url.render_as_string(hide_password=False))
            patch.setenv("CLASSIFIER_REGISTRY_URL", str(self.root / "models"))
            patch.setenv("CLASSIFIER_SIGNING_KEY_FILE", str(self.secrets / "prepare" / "signing_key"))
            run(self.secrets, kind)

    def state(self) -> tuple[tuple[object, ...], list[str]]:
        """Return counts of what is in the database, and the names of the models."""
        counted = sa.text(
            "SELECT (SELECT count(*) FROM support.support_tickets), (SELECT version FROM ops.data_version),"
            " (SELECT count(*) FROM ops.job_runs WHERE job = 'refresh_marts')"
        )
        with create_engine_for(self.url, poolclass=sa.NullPool).connect() as connection:
            counts = tuple(connection.execute(counted).one())
        return counts, sorted(path.name for path in (self.root / "models").rglob("*.joblib"))


def run(secrets: Path, kind: Kind = Kind.DEMO) -> None:
    """Prepare a small desk with what is in the environment."""
    prepare(
        kind=kind,
        tickets=TICKETS,
        seed=1,
        portal_password_file=secrets / "prepare" / "portal_password",
        etl_password_file=secrets / "prepare" / "etl_password",
        backup_password_file=secrets / "prepare" / "backup_password",
    )


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    """A deployment that has been prepared once; no test changes it."""
    root = tmp_path_factory.mktemp("deployment")
    with EmbeddedPostgres(root / "server", settings={"fsync": "off"}) as server:
        deployment = Deployment(root, server.url())
        make_secrets(deployment.secrets)
        deployment.prepare()
        yield deployment


@pytest.fixture
def secrets(tmp_path: Path) -> Path:
    """Secrets of a deployment that has no database."""
    make_secrets(tmp_path / "secrets")
    return tmp_path / "secrets"


def test_everything_is_prepared_once(prepared: Deployment) -> None:
    """Tickets, numbers, rules and a model are there, and a second run changes none of them."""
    before = prepared.state()
    prepared.prepare()
    assert prepared.state() == before
    counts, models = before
    assert counts[0] == TICKETS
    assert models
    assert not (prepared.root / "data" / "manager_password").exists()


def test_each_service_logs_in_with_its_own_file(prepared: Deployment) -> None:
    """The portal's password opens the portal's login, with its roles and no others."""
    host = f"postgresql+psycopg2://support_portal@{prepared.url.host}:{prepared.url.port}/{prepared.url.database}"
    file = prepared.secrets / "portal" / "database_password"
    url = Settings.from_environment({"DATABASE_URL": host, "DATABASE_PASSWORD_FILE": str(file)}).database_url
    assert url is not None
    with create_engine_for(url, DatabaseRole.PORTAL_READER).connect() as connection:
        assert connection.scalar(sa.text("SELECT session_user")) == "support_portal"
    with pytest.raises(sa.exc.ProgrammingError, match="permission denied"):
        create_engine_for(url, DatabaseRole.OWNER).connect()


def test_demo_and_own_tickets_are_not_mixed(prepared: Deployment) -> None:
    """A forgotten line in `.env` does not turn a demo into somebody's desk."""
    with pytest.raises(MixedDataError):
        prepared.prepare(Kind.OWN)


def test_a_password_that_would_need_quoting_is_refused(
    secrets: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stands in a statement; nothing of it is shown."""
    monkeypatch.setenv("DATABASE_URL", database.url.render_as_string(hide_password=False))
    (secrets / "prepare" / "portal_password").chmod(0o600)
    (secrets / "prepare" / "portal_password").write_text("it's; DROP ROLE x\n")
    with pytest.raises(SettingsError, match="characters other than") as caught:
        run(secrets)
    assert "DROP" not in str(caught.value)


def test_without_an_address_there_is_nothing_to_prepare(secrets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The embedded database is prepared by `demo` and `up`."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with pytest.raises(SettingsError, match="DATABASE_URL"):
        run(secrets)
