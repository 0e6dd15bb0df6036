"""The port of the classifier on one machine and the token of its callers, kept in the data directory."""

import secrets
import socket
from pathlib import Path
from typing import Final

from classifier_service.serving.callers import new_token, token_line
from etl.settings import ADDRESS_FILE, CALLER, TOKEN_FILE
from storage.given_file import read_given_text
from warehouse.embedded.server import LOOPBACK

_TOKENS_FILE: Final = "classifier_tokens"


def settle_access(data_dir: Path) -> dict[str, str]:
    """Choose a port and a token, or keep the existing ones, and return them as environment variables.

    Every data directory has its own port, so that two demos can run side by side. The port is kept while it is free.

    Args:
        data_dir: The data directory, which must exist.
    """
    address, token = data_dir / ADDRESS_FILE, data_dir / TOKEN_FILE
    tokens = data_dir / _TOKENS_FILE
    if not (token.exists() and tokens.exists()):
        secret = new_token()
        _write(token, secret)
        _write(tokens, token_line(CALLER, secret) + "\n")
    _write(address, f"{LOOPBACK}:{_free_port(address)}")
    return {"CLASSIFIER_ADDRESS": read_given_text(address), "CLASSIFIER_TOKENS_FILE": str(tokens)}


def _free_port(kept: Path) -> int:
    """Return the port that was kept, or another port when another program listens there now."""
    before = read_given_text(kept).rpartition(":")[2] if kept.exists() else ""
    for port in (int(before) if before.isdecimal() else 0, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((LOOPBACK, port))
            except (OSError, OverflowError):
                continue
            return int(probe.getsockname()[1])
    message = "No port of the loopback address is free."
    raise OSError(message)


def _write(path: Path, text: str) -> None:
    """Write a file that only its owner may read; a reader never sees half of it."""
    own = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    own.touch(mode=0o600, exist_ok=False)
    own.write_text(text, encoding="ascii")
    own.replace(path)
