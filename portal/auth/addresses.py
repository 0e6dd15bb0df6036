"""Addresses that log-ins come from, told apart without being kept."""

import hashlib
import hmac
import ipaddress
from typing import Final

_PREFIX: Final = 64
"""Bits of an IPv6 address that are one household's or one machine's; it chooses the others as it likes."""


def neighbourhood(address: str) -> str:
    """Return what counts as one address: an IPv4 address, the network of an IPv6 address, or the text as it is."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:  # noqa: PLR2004 - a version of the protocol
        return str(parsed)
    mapped = parsed.ipv4_mapped
    return str(mapped or ipaddress.ip_network((int(parsed), _PREFIX), strict=False))


def address_key(address: str, secret: str) -> str:
    """Return a key that is the same for the same address, and that nobody can turn back without the secret.

    Args:
        address: As the request has it.
        secret: The portal's signing key.
    """
    return hmac.new(secret.encode(), neighbourhood(address).encode(), hashlib.sha256).hexdigest()[:32]
