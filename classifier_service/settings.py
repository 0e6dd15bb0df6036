"""Settings of the classifier service, read from the environment here and nowhere else in the package."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

from analytics.errors import SettingsError
from classifier_service.limits import MAX_CONTENT_CHARACTERS, MAX_REQUEST_BYTES

DEFAULT_ADDRESS: Final = "127.0.0.1:50051"


@dataclass(frozen=True, slots=True)
class RegistrySettings:
    """Where models and rules are, and the key they are signed with.

    Attributes:
        url: Directory, `s3://` or `gs://` address.
        signing_key: The key; None if it is in `signing_key_file`.
        signing_key_file: File with the key; it is made if it does not exist.
    """

    url: str
    signing_key: str | None = field(repr=False)
    signing_key_file: Path | None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Self:
        """Read the settings.

        Raises:
            SettingsError: If the address is missing, or there is neither key nor file.
        """
        variables = _Variables(os.environ if environment is None else environment)
        url = variables.required("CLASSIFIER_REGISTRY_URL")
        key, file = variables.text("CLASSIFIER_SIGNING_KEY"), variables.path("CLASSIFIER_SIGNING_KEY_FILE")
        if key is None and file is None:
            message = "Neither CLASSIFIER_SIGNING_KEY nor CLASSIFIER_SIGNING_KEY_FILE is set."
            raise SettingsError(message, "Set one of them: the service opens only files signed with its key.")
        return cls(url, key, file)


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """Where the service's certificate is.

    Attributes:
        certificate: PEM file of the service's certificate and the intermediate certificates.
        key: PEM file of the certificate's private key.
        client_ca: PEM file of the authority that signs callers' certificates; None asks callers for no certificate.
    """

    certificate: Path
    key: Path
    client_ca: Path | None


@dataclass(frozen=True, slots=True)
class ServiceSettings:
    """The settings of the service.

    Attributes:
        address: `host:port` to listen on; port 0 takes a free one.
        registry: Where models and rules are.
        tls: The service's certificate; None serves without encryption.
        tokens_file: File of the callers' tokens; None lets everybody call.
        max_request_bytes: The largest size of one message, as sent.
        max_content_characters: The longest content of one ticket.
        worker_threads: Threads that classify batches.
        processes: Processes that share the port.
        metrics_port: Port of Prometheus' `/metrics`, on the host of `address`; None serves no metrics.
        poll_seconds: How often the registry is asked for a new model or new rules.
        drain_seconds: How long a stopping service still takes new calls, while its health is NOT_SERVING.
        grace_seconds: How long running calls may take to end after that.
        log_level: "debug" logs every call, "info" only failed calls.
    """

    address: str
    registry: RegistrySettings
    tls: TlsFiles | None
    tokens_file: Path | None
    max_request_bytes: int
    max_content_characters: int
    worker_threads: int
    processes: int
    metrics_port: int | None
    poll_seconds: int
    drain_seconds: int
    grace_seconds: int
    log_level: str

    @property
    def host(self) -> str:
        """Host to listen on."""
        return self.address.rpartition(":")[0]

    @property
    def port(self) -> int:
        """Port to listen on; 0 takes a free one."""
        return int(self.address.rpartition(":")[2])

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Self:
        """Read the settings.

        Raises:
            SettingsError: If a variable is missing or holds a value that cannot be used.
        """
        variables = _Variables(os.environ if environment is None else environment)
        return cls(
            address=variables.address("CLASSIFIER_ADDRESS"),
            registry=RegistrySettings.from_environment(environment),
            tls=_tls(variables),
            tokens_file=variables.path("CLASSIFIER_TOKENS_FILE"),
            max_request_bytes=variables.number(
                "CLASSIFIER_MAX_REQUEST_BYTES", MAX_REQUEST_BYTES, range(1024, 2**28 + 1)
            ),
            max_content_characters=variables.number(
                "CLASSIFIER_MAX_CONTENT_CHARACTERS", MAX_CONTENT_CHARACTERS, range(1, 10**6 + 1)
            ),
            worker_threads=variables.number("CLASSIFIER_WORKER_THREADS", 1, range(1, 65)),
            processes=variables.number("CLASSIFIER_PROCESSES", 1, range(1, 129)),
            metrics_port=variables.number("CLASSIFIER_METRICS_PORT", 0, range(65_536)) or None,
            poll_seconds=variables.number("CLASSIFIER_POLL_SECONDS", 3, range(1, 3_601)),
            drain_seconds=variables.number("CLASSIFIER_DRAIN_SECONDS", 1, range(301)),
            grace_seconds=variables.number("CLASSIFIER_GRACE_SECONDS", 5, range(301)),
            log_level=variables.one_of("CLASSIFIER_LOG_LEVEL", ("info", "debug", "warning", "error")),
        )


def _tls(variables: "_Variables") -> TlsFiles | None:
    certificate, key = variables.path("CLASSIFIER_TLS_CERTIFICATE"), variables.path("CLASSIFIER_TLS_KEY")
    client_ca = variables.path("CLASSIFIER_TLS_CLIENT_CA")
    if certificate and key:
        return TlsFiles(certificate, key, client_ca)
    if certificate or key or client_ca:
        message = "TLS needs both CLASSIFIER_TLS_CERTIFICATE and CLASSIFIER_TLS_KEY."
        raise SettingsError(message, "Set both. To serve without TLS, set neither, nor CLASSIFIER_TLS_CLIENT_CA.")
    return None


class _Variables:
    """Environment variables, each read as a value of the right type."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables

    def text(self, name: str) -> str | None:
        return self._variables.get(name) or None

    def path(self, name: str) -> Path | None:
        text = self.text(name)
        return Path(text).expanduser() if text else None

    def required(self, name: str) -> str:
        text = self.text(name)
        if text is None:
            message = f"{name} is not set."
            raise SettingsError(message, "docs/environment_variables.md says what it does.")
        return text

    def number(self, name: str, default: int, allowed: range) -> int:
        text = self.text(name) or str(default)
        if not (text.isascii() and text.isdecimal()) or int(text) not in allowed:
            message = f"{name} is {text!r}."
            raise SettingsError(message, f"Write a whole number from {allowed[0]} to {allowed[-1]}.")
        return int(text)

    def one_of(self, name: str, allowed: tuple[str, ...]) -> str:
        text = (self.text(name) or allowed[0]).lower()
        if text not in allowed:
            message = f"{name} is {text!r}."
            raise SettingsError(message, f"Write one of: {', '.join(allowed)}.")
        return text

    def address(self, name: str) -> str:
        text = self.text(name) or DEFAULT_ADDRESS
        host, _, port = text.rpartition(":")
        if not host or not (port.isascii() and port.isdecimal()) or int(port) not in range(65_536):
            message = f"{name} is {text!r}."
            raise SettingsError(message, f"Write it as host:port, for example {DEFAULT_ADDRESS}.")
        return text


def cache_directory(environment: Mapping[str, str] | None = None) -> Path:
    """Return the directory for files that can be made again: `CLASSIFIER_CACHE_DIR`, or one in the user's cache."""
    variables = os.environ if environment is None else environment
    if chosen := variables.get("CLASSIFIER_CACHE_DIR"):
        return Path(chosen).expanduser().absolute()
    return Path(variables.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "support-analytics" / "classifier"
