"""Settings of the classifier service for the jobs. Only this module of the package reads the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

from analytics.errors import SettingsError
from classifier_service.client import ClassifierClient
from classifier_service.client.connection import ClientTls
from classifier_service.settings import DEFAULT_ADDRESS, RegistrySettings
from storage.given_file import GivenFileError, read_given_text
from warehouse.settings import SIGNING_KEY, Settings

CALLER: Final = "jobs"
"""The name by which the classifier knows the jobs that call it."""
ADDRESS_FILE: Final = "classifier_address"
TOKEN_FILE: Final = "classifier_token"  # noqa: S105 - the name of a file
_REGISTRY_DIRECTORY: Final = "models"
_DEADLINE_SECONDS: Final = 60.0


@dataclass(frozen=True, slots=True)
class ClassifierSettings:
    """Where the classifier service answers, and where its models and rules are.

    Attributes:
        addresses: `host:port` of every replica, or one host name that stands for all of them.
        token: Token that the jobs send to the service; None if the service asks for none.
        ca: PEM file of the authority that signed the service's certificate; None means no encryption.
        registry: Where models and rules are published.
    """

    addresses: tuple[str, ...]
    token: str | None = field(repr=False)
    ca: Path | None
    registry: RegistrySettings

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Self:
        """Read the settings; the files that `demo` and `up` keep in the data directory are the defaults.

        Raises:
            SettingsError: If a value cannot be used or a file cannot be read.
        """
        variables = os.environ if environment is None else environment
        data_dir = Settings.from_environment(variables).data_dir
        address = variables.get("CLASSIFIER_ADDRESS") or _kept(data_dir / ADDRESS_FILE) or DEFAULT_ADDRESS
        file = variables.get("CLASSIFIER_TOKEN_FILE")
        kept = _read(Path(file).expanduser()) if file else _kept(data_dir / TOKEN_FILE)
        ca = variables.get("CLASSIFIER_CA")
        registry = {
            "CLASSIFIER_REGISTRY_URL": str(data_dir / _REGISTRY_DIRECTORY),
            "CLASSIFIER_SIGNING_KEY_FILE": str(data_dir / SIGNING_KEY),
        }
        return cls(
            tuple(each.strip() for each in address.split(",")),
            variables.get("CLASSIFIER_TOKEN") or kept or None,
            Path(ca).expanduser() if ca else None,
            RegistrySettings.from_environment(registry | {name: value for name, value in variables.items() if value}),
        )

    def client(self) -> ClassifierClient:
        """Return a client; the caller closes it.

        Raises:
            SettingsError: If the addresses or the certificate cannot be used.
        """
        tls = ClientTls(ca=self.ca) if self.ca else None
        return ClassifierClient(self.addresses, token=self.token, tls=tls, deadline_seconds=_DEADLINE_SECONDS)


def _kept(path: Path) -> str:
    return _read(path) if path.exists() else ""


def _read(path: Path) -> str:
    try:
        return read_given_text(path).strip()
    except GivenFileError as error:
        message = f"{path} cannot be read: {error.reason}."
        raise SettingsError(message, "Check CLASSIFIER_TOKEN_FILE and the data directory.") from error
