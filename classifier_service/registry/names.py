"""The check of a version's name, which is made before the name becomes part of a path."""

import re
from typing import Final

from classifier_service.errors import UnknownVersionError

_VERSION: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")


def checked_version(version: object) -> str:
    """Return the version if its name is allowed.

    Raises:
        UnknownVersionError: If the name is not allowed, for example because it leads to another directory.
    """
    if not isinstance(version, str) or not _VERSION.fullmatch(version):
        message = "A version has letters, digits, _ and - only, up to 100."
        raise UnknownVersionError(message, "See `support-analytics classifier list`.")
    return version
