"""Who may call: bearer tokens, kept as hashes.

A tokens file has a line for each caller, `name:sha256-of-the-token-in-hex`. Tokens are long and random and cannot be
guessed, so a plain hash is enough.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from analytics.errors import SettingsError
from classifier_service.errors import UnknownCallerError
from storage.given_file import GivenFileError, read_given_text

ANONYMOUS: Final = "anonymous"
_LINE: Final = re.compile(r"(?P<name>[A-Za-z0-9][A-Za-z0-9_.-]{0,99}):(?P<hash>[0-9a-f]{64})")
_SCHEME: Final = "bearer "
_TOKEN_BYTES: Final = 32


def new_token() -> str:
    """Return a fresh token, 43 characters long."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def token_line(name: str, token: str) -> str:
    """Return the line of a tokens file that lets a caller in.

    Raises:
        SettingsError: If the name has characters other than letters, digits, and `_.-`.
    """
    line = f"{name}:{hashlib.sha256(token.encode()).hexdigest()}"
    if not _LINE.fullmatch(line):
        message = "The name of a caller has up to 100 letters, digits, dots, underscores and hyphens."
        raise SettingsError(message)
    return line


@dataclass(frozen=True, slots=True)
class Callers:
    """The callers that are let in.

    Attributes:
        hashes: SHA-256 of every caller's token, by name.
    """

    hashes: Mapping[str, bytes]

    @classmethod
    def from_file(cls, path: Path) -> Self:
        """Read a tokens file.

        Raises:
            SettingsError: If the file cannot be read or a line is malformed; the message has the line's number only.
        """
        try:
            lines = read_given_text(path).splitlines()
        except GivenFileError as error:
            message = f"The tokens file {path} cannot be read: {error.reason}."
            raise SettingsError(message, "Check CLASSIFIER_TOKENS_FILE.") from error
        hashes = {}
        for number, line in enumerate(map(str.strip, lines), start=1):
            if not line or line.startswith("#"):
                continue
            found = _LINE.fullmatch(line)
            if found is None:
                message = f"Line {number} of the tokens file {path} is not name:sha256-in-hex."
                raise SettingsError(message, "Make one with: support-analytics classifier token NAME")
            hashes[found["name"]] = bytes.fromhex(found["hash"])
        return cls(hashes)

    def caller_of(self, metadata: Iterable[tuple[str, str | bytes]]) -> str:
        """Return the name of the caller.

        The token is compared with every hash, in constant time, so that the time taken reveals nothing.

        Raises:
            UnknownCallerError: If the call has no token, or an unknown one.
        """
        token = _bearer_token(metadata)
        presented = hashlib.sha256(token).digest()
        found = None
        for name, expected in self.hashes.items():
            if hmac.compare_digest(presented, expected):
                found = name
        if found is None:
            message = "The service does not know this caller's token."
            raise UnknownCallerError(message, "Send the metadata: authorization: Bearer TOKEN")
        return found


def _bearer_token(metadata: Iterable[tuple[str, str | bytes]]) -> bytes:
    for key, value in metadata:
        if key == "authorization":
            text = value.decode("latin-1") if isinstance(value, bytes) else value
            if text[: len(_SCHEME)].lower() == _SCHEME:
                return text[len(_SCHEME) :].strip().encode()
    message = "The call came without a token."
    raise UnknownCallerError(message, "Send the metadata: authorization: Bearer TOKEN")
