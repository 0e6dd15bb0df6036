"""Settings that every command shares, read from the environment here and nowhere else."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from analytics.errors import SettingsError
from storage.given_file import GivenFileError, read_given_text

DEFAULT_TIME_ZONE: Final = "Africa/Johannesburg"
SIGNING_KEY: Final = "classifier_signing_key"
"""File of the data directory, and of a backup, with the key that models are signed with."""
_ROOT_DATA_DIR: Final = "/var/lib/support-analytics"
_PRODUCT: Final = "support-analytics"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the data is, and the time zone of all reports.

    Attributes:
        data_dir: Absolute path of the directory that holds all of the product's data on this machine.
        database_url: A PostgreSQL server of your own; None means the embedded server in ``data_dir``.
        time_zone: IANA name of the reporting time zone; None when none is set, so that the desk keeps the one it has.
        replica_url: A read replica of the database, for the portal's pages; None means read the database itself.
        artefacts_url: Where files of queued work lie: a directory, s3:// or gs://; None means in ``data_dir``.
        redis_url: Redis or Valkey for cache and live updates; None means PostgreSQL NOTIFY and memory.
    """

    data_dir: Path
    database_url: sa.URL | None
    time_zone: str | None
    redis_url: str | None
    replica_url: sa.URL | None = None
    artefacts_url: str | None = None

    @property
    def artefacts(self) -> str:
        """Address of the files of queued work."""
        return self.artefacts_url or str(self.data_dir / "artefacts")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Self:
        """Read the settings.

        Args:
            environment: Variables to read; None means this process's own.

        Raises:
            SettingsError: If a variable holds a value that cannot be used.
        """
        variables = os.environ if environment is None else environment
        password = secret_of(variables, "DATABASE_PASSWORD_FILE")
        return cls(
            data_dir=_data_dir(variables),
            database_url=database_address("DATABASE_URL", variables, password),
            time_zone=_time_zone(variables.get("SUPPORT_TIME_ZONE", "")),
            redis_url=_redis_url(variables.get("REDIS_URL", ""), secret_of(variables, "REDIS_PASSWORD_FILE")),
            replica_url=database_address("DATABASE_REPLICA_URL", variables, password),
            artefacts_url=variables.get("SUPPORT_ARTEFACTS_URL") or None,
        )


def secret_of(variables: Mapping[str, str], name: str) -> str | None:
    """Return the first line of the file that a variable names; None when the variable is not set.

    Args:
        variables: The environment.
        name: Name of the variable.

    Raises:
        SettingsError: If the file cannot be read or is empty.
    """
    path = variables.get(name)
    if not path:
        return None
    hint = "The variable has to name a file whose first line is the secret."
    try:
        secret = read_given_text(Path(path).expanduser()).partition("\n")[0].rstrip("\r")
    except GivenFileError as error:
        message = f"{name} names {path}, which cannot be read: {error.reason}."
        raise SettingsError(message, hint) from error
    if not secret:
        message = f"{name} names {path}, which is empty."
        raise SettingsError(message, hint)
    return secret


def _data_dir(variables: Mapping[str, str]) -> Path:
    if chosen := variables.get("SUPPORT_DATA_DIR"):
        return Path(chosen).expanduser().absolute()
    if home := variables.get("XDG_DATA_HOME"):
        return Path(home).absolute() / _PRODUCT
    if os.geteuid() == 0:
        return Path(_ROOT_DATA_DIR)
    return Path.home() / ".local" / "share" / _PRODUCT


def database_address(name: str, variables: Mapping[str, str], password: str | None) -> sa.URL | None:
    """Return the address in a variable; the given password is added if the address has none. None if it is not set.

    Raises:
        SettingsError: If it is not a PostgreSQL address. The message never repeats it, because it may hold a password.
    """
    text = variables.get(name)
    if not text:
        return None
    hint = "Write it as postgresql://user:password@host:5432/database."
    try:
        url = sa.make_url(text)
    except (sa.exc.ArgumentError, ValueError) as error:
        message = f"{name} is not a database address."
        raise SettingsError(message, hint) from error
    if url.drivername.partition("+")[0] not in {"postgresql", "postgres"}:
        message = f"{name} does not name a PostgreSQL database."
        raise SettingsError(message, hint)
    return url.set(drivername="postgresql+psycopg2", password=url.password or password)


def _redis_url(text: str, password: str | None) -> str | None:
    """Return the address; the password is added if the address has none."""
    if not text or password is None:
        return text or None
    parts = urlsplit(text)
    if parts.password is not None:
        return text
    host = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=f"{parts.username or ''}:{quote(password, safe='')}@{host}").geturl()


def _time_zone(name: str) -> str | None:
    if not name:
        return None
    try:
        ZoneInfo(name)
    except (KeyError, OSError, ValueError) as error:
        message = f"SUPPORT_TIME_ZONE is {name!r}, which is not an IANA time zone."
        raise SettingsError(message, f"Use a name such as {DEFAULT_TIME_ZONE} or Europe/Dublin.") from error
    return name
