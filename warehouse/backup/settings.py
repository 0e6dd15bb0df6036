"""Where backups go, and how long they stay, read from the environment here."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Self

import sqlalchemy as sa

from analytics.errors import SettingsError
from warehouse.backup.encryption import parse_recipients
from warehouse.backup.retention import Retention
from warehouse.settings import Settings, database_address, secret_of

_DIRECTORY: Final = "backups"
_MOST: Final = 10_000


@dataclass(frozen=True, slots=True)
class BackupSettings:
    """The settings of backups in the environment.

    Attributes:
        url: Where backups go: a directory, or an `s3://` or `gs://` address.
        database_url: Database with a log-in that may read everything; None means that of the other commands.
        recipients: Public keys of age; without any, backups are not encrypted.
        identity_file: File with the secret key, for restoring and verifying.
        retention: How long backups are kept.
    """

    url: str
    database_url: sa.URL | None = field(repr=False)
    recipients: tuple[Any, ...]
    identity_file: Path | None
    retention: Retention

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Self:
        """Read the settings.

        Raises:
            SettingsError: If a value cannot be used.
        """
        variables = os.environ if environment is None else environment
        identity_file = variables.get("SUPPORT_BACKUP_AGE_IDENTITY_FILE")
        return cls(
            variables.get("SUPPORT_BACKUP_URL") or str(Settings.from_environment(variables).data_dir / _DIRECTORY),
            database_address(
                "SUPPORT_BACKUP_DATABASE_URL", variables, secret_of(variables, "SUPPORT_BACKUP_DATABASE_PASSWORD_FILE")
            ),
            parse_recipients(variables.get("SUPPORT_BACKUP_AGE_RECIPIENTS", "")),
            Path(identity_file).expanduser() if identity_file else None,
            Retention(
                _count(variables, "SUPPORT_BACKUP_KEEP_DAYS", 30, least=1),
                _count(variables, "SUPPORT_BACKUP_KEEP_WEEKS", 12),
                _count(variables, "SUPPORT_BACKUP_KEEP_MONTHS", 12),
            ),
        )


def _count(variables: Mapping[str, str], name: str, default: int, *, least: int = 0) -> int:
    text = variables.get(name) or str(default)
    if not text.isascii() or not text.isdecimal() or not least <= int(text) <= _MOST:
        message = f"{name} is not a whole number from {least} to {_MOST:,}."
        raise SettingsError(message, f"The default is {default}.")
    return int(text)
