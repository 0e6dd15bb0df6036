"""The base of every error that a person is meant to read.

SupportAnalyticsError
├── SettingsError               analytics.errors
├── EmbeddedPostgresError       warehouse.embedded_errors
└── ... each package adds its own beside the code that raises it
"""


class SupportAnalyticsError(Exception):
    """Something went wrong that the person at the keyboard can do something about.

    Attributes:
        message: One clear sentence saying what happened; never holds personal data.
        hint: What to do about it; empty when there is nothing to do.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep the sentence and the hint apart so that an edge can lay them out."""
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """Return the sentence, followed by the hint when there is one."""
        return f"{self.message} {self.hint}".strip()


class SettingsError(SupportAnalyticsError):
    """An environment variable or option holds a value that cannot be used."""
