"""The key that signs session cookies."""

import contextlib
import secrets

from portal.settings import PortalSettings
from storage.given_file import read_given_text
from storage.private_files import make_private_directory

_FILE_NAME = "portal_secret_key"


def secret_key(settings: PortalSettings) -> str:
    """Return the key: the one that was given, else one that is made once and kept in the data directory.

    Several processes of one data directory agree on a key, even when all start at the same time.
    """
    if settings.secret_key is not None:
        return settings.secret_key
    kept = settings.data_dir / _FILE_NAME
    if not kept.exists():
        make_private_directory(settings.data_dir)
        own = settings.data_dir / f"{_FILE_NAME}.{secrets.token_hex(4)}"
        own.touch(mode=0o600, exist_ok=False)
        own.write_text(secrets.token_hex(32), encoding="ascii")
        with contextlib.suppress(FileExistsError):
            # A link appears with its whole content, and the first one stays.
            kept.hardlink_to(own)
        own.unlink()
    return read_given_text(kept).strip()
