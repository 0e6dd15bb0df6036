"""Settings come from the environment, checked, and the manual lists every one."""

import ast
import re
from pathlib import Path

import pytest

from analytics.errors import SettingsError
from warehouse.settings import DEFAULT_TIME_ZONE, Settings

CHECKOUT = Path(__file__).parents[3]
PACKAGES = ("analytics", "warehouse", "classifier_service", "etl", "portal", "standalone")
NAME = re.compile(r"((DATABASE|REDIS)_(URL|REPLICA_URL|PASSWORD_FILE)|(SUPPORT|CLASSIFIER)_[A-Z_0-9]+)")


def test_everything_has_a_default(tmp_path: Path) -> None:
    """With an empty environment but a home, the product knows where to go."""
    settings = Settings.from_environment({"XDG_DATA_HOME": str(tmp_path)})
    assert settings == Settings(tmp_path / "support-analytics", None, None, None)


def test_a_relative_data_directory_becomes_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Services started elsewhere find the same directory."""
    monkeypatch.chdir(tmp_path)
    assert Settings.from_environment({"SUPPORT_DATA_DIR": "my data"}).data_dir == tmp_path / "my data"


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg2", "postgresql+psycopg"])
def test_every_spelling_of_a_postgresql_address_is_taken(scheme: str) -> None:
    """Hosting companies spell it differently; the driver is always ours."""
    url = Settings.from_environment({"DATABASE_URL": f"{scheme}://u:p@db:5433/desk"}).database_url
    assert url is not None
    assert url.render_as_string(hide_password=False) == "postgresql+psycopg2://u:p@db:5433/desk"


@pytest.mark.parametrize("address", ["mysql://u:secret@db/desk", "u:secret@db", "postgresql://u:secret@db:port/desk"])
def test_another_address_is_refused_without_repeating_it(address: str) -> None:
    """An address holds a password, which stays out of messages."""
    with pytest.raises(SettingsError, match="postgresql://") as caught:
        Settings.from_environment({"DATABASE_URL": address})
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "Africa"])
def test_an_unknown_time_zone_is_refused(zone: str) -> None:
    """The message names the variable and a zone that exists."""
    with pytest.raises(SettingsError, match="SUPPORT_TIME_ZONE") as caught:
        Settings.from_environment({"SUPPORT_TIME_ZONE": zone})
    assert DEFAULT_TIME_ZONE in caught.value.hint


def test_a_password_file_completes_the_addresses(tmp_path: Path) -> None:
    """A deployment keeps passwords in files; whatever is in one reaches the server unchanged."""
    file = tmp_path / "password"
    file.write_text("p@ss/w:rd\n")
    settings = Settings.from_environment(
        {
            "DATABASE_URL": "postgresql://desk@db/desk",
            "DATABASE_PASSWORD_FILE": str(file),
            "REDIS_URL": "redis://cache:6379/0",
            "REDIS_PASSWORD_FILE": str(file),
        }
    )
    assert settings.database_url is not None
    assert (settings.database_url.username, settings.database_url.password) == ("desk", "p@ss/w:rd")
    assert settings.redis_url == "redis://:p%40ss%2Fw%3Ard@cache:6379/0"


def test_a_password_in_an_address_wins_over_the_file(tmp_path: Path) -> None:
    """An address that is complete is left alone."""
    file = tmp_path / "password"
    file.write_text("other")
    variables = {"DATABASE_PASSWORD_FILE": str(file), "REDIS_PASSWORD_FILE": str(file)}
    settings = Settings.from_environment(
        {"DATABASE_URL": "postgresql://u:p@db/desk", "REDIS_URL": "rediss://u:p@cache", **variables}
    )
    assert settings.database_url is not None
    assert settings.database_url.password == "p"
    assert settings.redis_url == "rediss://u:p@cache"


@pytest.mark.parametrize("content", [None, b"", b"\nsecond line", b"\xff"])
def test_a_password_file_without_a_password_is_refused(tmp_path: Path, content: bytes | None) -> None:
    """A missing mount is told at the start, by the name of the variable."""
    file = tmp_path / "password"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SettingsError, match="DATABASE_PASSWORD_FILE"):
        Settings.from_environment({"DATABASE_URL": "postgresql://u@db/desk", "DATABASE_PASSWORD_FILE": str(file)})


def variables_in_code() -> set[str]:
    """Return every string in the packages that is exactly the name of a setting."""
    found: set[str] = set()
    for package in PACKAGES:
        for path in (CHECKOUT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and NAME.fullmatch(node.value):
                    found.add(node.value)
    return found


def test_the_manual_lists_every_variable_that_is_read() -> None:
    """docs/environment_variables.md and the code name the same settings."""
    manual = (CHECKOUT / "docs" / "environment_variables.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([A-Z_0-9]+)`", manual, re.MULTILINE)) == variables_in_code()
