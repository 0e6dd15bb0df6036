"""The base of every error that a person is meant to read.

SupportAnalyticsError
├── SettingsError               analytics.errors
├── EmbeddedPostgresError       warehouse.embedded.errors
└── ... each package adds its own beside the code that raises it
"""

import difflib
import re
from collections.abc import Iterable
from enum import Enum, auto
from typing import ClassVar


class ErrorKind(Enum):
    """What sort of thing went wrong. The portal turns it into an HTTP status; other edges may do the like."""

    FAULT = auto()
    """The request was correct, but could not be carried out."""
    INVALID = auto()
    """The input cannot be used as it is."""
    NOT_SIGNED_IN = auto()
    """Nobody is logged in."""
    NOT_ALLOWED = auto()
    """The caller may not do this."""
    UNAVAILABLE = auto()
    """The same request may succeed in a moment."""


class SupportAnalyticsError(Exception):
    """Something went wrong that the person at the keyboard can do something about.

    Attributes:
        kind: What sort of error the class is.
        message: One clear sentence saying what happened; never holds personal data.
        hint: What to do about it; empty when there is nothing to do.
    """

    kind: ClassVar[ErrorKind] = ErrorKind.FAULT

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep the sentence and the hint apart so that an edge can lay them out."""
        super().__init__(message)
        self.message = message
        self.hint = hint

    @property
    def slug(self) -> str:
        """Return which error it is, as it is stored: that of `EmbeddedPostgresError` is "embedded_postgres"."""
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", type(self).__name__).lower().removesuffix("_error")

    def __str__(self) -> str:
        """Return the sentence, followed by the hint when there is one."""
        return f"{self.message} {self.hint}".strip()


def nearest(name: str, known: Iterable[str]) -> str:
    """Return a sentence that names the known name most like a given one; "" when none is much like it.

    Example:
        >>> nearest("Product line", ["channel", "product_line"])
        " Did you mean 'product_line'?"
    """
    like = difflib.get_close_matches("_".join(name.lower().split()), list(known), n=1)
    return f" Did you mean {like[0]!r}?" if like else ""


class SettingsError(SupportAnalyticsError):
    """An environment variable or option holds a value that cannot be used."""
