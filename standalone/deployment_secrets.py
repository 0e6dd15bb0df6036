"""The passwords and keys of a deployment: one file each, in one directory for each service that reads them."""

import secrets
from pathlib import Path
from typing import Final

from analytics.errors import SupportAnalyticsError
from classifier_service.serving.callers import new_token, token_line
from etl.settings import CALLER
from storage.given_file import read_given_text

_TOKEN_FILE: Final = "jobs/classifier_token"  # noqa: S105 - the name of a file
_HASHES_FILE: Final = "classifier/tokens"

FILES: Final = (
    ("database/password", "prepare/owner_password"),
    ("portal/database_password", "prepare/portal_password"),
    ("jobs/database_password", "prepare/etl_password"),
    ("jobs/backup_password", "prepare/backup_password"),
    ("cache/password", "portal/redis_password", "jobs/redis_password"),
    ("classifier/signing_key", "prepare/signing_key", "jobs/signing_key"),
    ("portal/secret_key",),
    ("portal/manager_password",),
    (_TOKEN_FILE,),
)
"""The files listed on one line hold the same secret."""


class SecretsDifferError(SupportAnalyticsError):
    """Two files that should hold the same secret do not."""

    def __init__(self, names: tuple[str, ...]) -> None:
        """Name the files, but never their contents."""
        super().__init__(
            f"{' and '.join(names)} should hold the same secret and do not.",
            "Remove those that are wrong, and run again.",
        )


def make_secrets(directory: Path) -> list[str]:
    """Make the missing secrets and return the names of the files written; existing files stay.

    Args:
        directory: Directory in which each service has its own directory, made if missing.

    Raises:
        SecretsDifferError: If two services were given different secrets where they need the same one.
    """
    written = [name for names in FILES for name in _settle(directory, names)]
    hashes = directory / _HASHES_FILE
    if not hashes.exists():
        _write(hashes, token_line(CALLER, _read(directory / _TOKEN_FILE)))
        written.append(_HASHES_FILE)
    return written


def _settle(directory: Path, names: tuple[str, ...]) -> list[str]:
    known = {_read(directory / name) for name in names if (directory / name).exists()}
    if len(known) > 1:
        raise SecretsDifferError(names)
    secret = known.pop() if known else new_token()
    missing = [name for name in names if not (directory / name).exists()]
    for name in missing:
        _write(directory / name, secret)
    return missing


def _read(path: Path) -> str:
    return read_given_text(path).strip()


def _write(path: Path, secret: str) -> None:
    """Write a file that every account in a container may read: mounts decide which container gets the file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    own = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    own.write_text(f"{secret}\n", encoding="ascii")
    own.chmod(0o444)
    own.replace(path)
