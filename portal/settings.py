"""Settings of the portal, read from the environment here and nowhere else in the portal."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from analytics.errors import SettingsError
from warehouse.settings import Settings, secret_of


@dataclass(frozen=True, slots=True)
class PortalSettings:
    """What the portal has to know.

    Attributes:
        data_dir: Where the portal keeps its secret key.
        secret_key: Signs the session cookie; None: one is made once and kept in the data directory.
        redis_url: Shared cache of several portal processes; None keeps the cache in memory.
        has_secure_cookie: Whether the session cookie is sent over HTTPS only.
        session_hours: How long a log-in lasts without use.
        artefacts_url: Where files of queued work lie; None means in the data directory.
    """

    data_dir: Path
    secret_key: str | None = None
    redis_url: str | None = None
    has_secure_cookie: bool = False
    session_hours: int = 12
    artefacts_url: str | None = None

    @property
    def artefacts(self) -> str:
        """Address of the files of queued work."""
        return self.artefacts_url or str(self.data_dir / "artefacts")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Self:
        """Read the settings.

        Raises:
            SettingsError: If a variable holds a value that cannot be used.
        """
        variables = os.environ if environment is None else environment
        shared = Settings.from_environment(variables)
        return cls(
            data_dir=shared.data_dir,
            secret_key=_secret_key(
                variables.get("SUPPORT_SECRET_KEY") or secret_of(variables, "SUPPORT_SECRET_KEY_FILE") or ""
            ),
            redis_url=shared.redis_url,
            artefacts_url=shared.artefacts_url,
            has_secure_cookie=_yes_or_no("SUPPORT_HTTPS", variables.get("SUPPORT_HTTPS", "no")),
            session_hours=_hours(variables.get("SUPPORT_SESSION_HOURS", "12")),
        )


_SHORTEST_KEY = 32
_LONGEST_SESSION_HOURS = 24 * 30


def _secret_key(text: str) -> str | None:
    if text and len(text) < _SHORTEST_KEY:
        message = f"SUPPORT_SECRET_KEY is shorter than {_SHORTEST_KEY} characters."
        raise SettingsError(message, "Make one with: openssl rand -hex 32")
    return text or None


def _yes_or_no(name: str, text: str) -> bool:
    if text.lower() not in {"yes", "no"}:
        message = f"{name} is {text!r}."
        raise SettingsError(message, "Write yes or no.")
    return text.lower() == "yes"


def _hours(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= _LONGEST_SESSION_HOURS:
        message = f"SUPPORT_SESSION_HOURS is {text!r}."
        raise SettingsError(message, f"Write a whole number from 1 to {_LONGEST_SESSION_HOURS}.")
    return int(text)
