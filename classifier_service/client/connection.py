"""The connection to the service: which replicas, how it is secured, and when a call is tried again."""

import ipaddress
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import grpc

from analytics.errors import SettingsError
from classifier_service.limits import MAX_REQUEST_BYTES
from storage.given_file import GivenFileError, read_given

# Five attempts within about two seconds are enough while one replica replaces another. Longer outages are left to the
# caller, who may try again later.
_SERVICE_CONFIG: Final[dict[str, Any]] = {
    "loadBalancingConfig": [{"round_robin": {}}],
    "methodConfig": [
        {
            "name": [{"service": "classifier.v1.ClassifierService"}],
            "retryPolicy": {
                "maxAttempts": 5,
                "initialBackoff": "0.1s",
                "maxBackoff": "1s",
                "backoffMultiplier": 2,
                "retryableStatusCodes": ["UNAVAILABLE"],
            },
        }
    ],
}
_MAX_ANSWER_BYTES: Final = 16 * MAX_REQUEST_BYTES


@dataclass(frozen=True, slots=True)
class ClientTls:
    """How client and service verify each other; files are named by a path or by its text.

    Attributes:
        ca: PEM file of the authority that signed the service's certificate; None takes gRPC's own list of authorities.
        certificate: PEM file of the client's own certificate, for mutual TLS.
        key: PEM file of the private key of `certificate`.
        server_name: Name in the service's certificate, where it differs from the host in the address.
    """

    ca: Path | str | None = None
    certificate: Path | str | None = None
    key: Path | str | None = None
    server_name: str | None = None


def open_channel(addresses: Sequence[str], tls: ClientTls | None) -> grpc.Channel:
    """Return a channel over all replicas; it connects by itself, and calls go to each replica in turn.

    Raises:
        SettingsError: If the addresses cannot be used together or a certificate cannot be read.
    """
    options: list[tuple[str, Any]] = [
        ("grpc.service_config", json.dumps(_SERVICE_CONFIG)),
        ("grpc.max_receive_message_length", _MAX_ANSWER_BYTES),
        ("grpc.initial_reconnect_backoff_ms", 200),
        ("grpc.min_reconnect_backoff_ms", 200),
        ("grpc.max_reconnect_backoff_ms", 5_000),
        ("grpc.keepalive_time_ms", 60_000),
    ]
    if tls is None:
        return grpc.insecure_channel(target_of(addresses), options=options)
    if tls.server_name:
        options.append(("grpc.ssl_target_name_override", tls.server_name))
    return grpc.secure_channel(target_of(addresses), _credentials(tls), options=options)


def metadata_of(token: str | None) -> tuple[tuple[str, str], ...]:
    """Return what tells the service who calls; spaces and line ends around the token do not count.

    Raises:
        SettingsError: If the token has characters that no token has.
    """
    stripped = (token or "").strip()
    if not stripped:
        return ()
    if not (stripped.isascii() and stripped.isprintable()):
        message = "The classifier's token has characters that no token has."
        raise SettingsError(message, "Give the token as `support-analytics classifier token` showed it.")
    return (("authorization", f"Bearer {stripped}"),)


def target_of(addresses: Sequence[str]) -> str:
    """Return gRPC's name for the replicas: one host name, which may resolve to several addresses, or IP addresses.

    Raises:
        SettingsError: If there is no address, one is not `host:port`, or names and IP addresses are mixed.
    """
    hosts = [_host_of(address) for address in addresses]
    if len(hosts) == 1:
        return f"dns:///{addresses[0]}"
    for version in (4, 6):
        if hosts and all(_ip_version(host) == version for host in hosts):
            return f"ipv{version}:{','.join(addresses)}"
    message = "The classifier's addresses cannot be used together."
    raise SettingsError(message, "Give one host name that stands for all replicas, or their IP addresses.")


def _host_of(address: str) -> str:
    host, _, port = address.rpartition(":")
    if not host or not (port.isascii() and port.isdecimal()):
        message = f"{address!r} is not an address of a classifier."
        raise SettingsError(message, "Write it as host:port.")
    return host.strip("[]")


def _ip_version(host: str) -> int | None:
    try:
        return ipaddress.ip_address(host).version
    except ValueError:
        return None


def _credentials(tls: ClientTls) -> grpc.ChannelCredentials:
    try:
        ca, key, certificate = (
            read_given(Path(path).expanduser()) if path else None for path in (tls.ca, tls.key, tls.certificate)
        )
    except GivenFileError as error:
        hint = "Check the certificates of ClientTls, or CLASSIFIER_CA."
        raise SettingsError(error.message, hint) from error
    for path, content in ((tls.ca, ca), (tls.key, key), (tls.certificate, certificate)):
        if content is not None and b"-----BEGIN " not in content:
            message = f"{path} is no PEM file."
            raise SettingsError(message, "A PEM file has a line that begins with -----BEGIN.")
    return grpc.ssl_channel_credentials(ca, key, certificate)
