"""What can go wrong with accounts and log-in.

AccountError
├── AccountExistsError      the user name is taken
├── AccountMissingError     nobody has the user name
├── LastManagerError        nobody would be left to manage
├── UserNameError           the user name cannot be used
└── PasswordRuleError       the password is too short or too long
BusyLoginError              too many people log in at the same moment
NotSignedInError            a request that needs a session has none
ForeignOriginError          a request was made by another site's page
ManagersOnlyError           a change that only managers may make
"""

from analytics.errors import ErrorKind, SupportAnalyticsError


class AccountError(SupportAnalyticsError):
    """An account cannot be made or changed as asked."""


class AccountExistsError(AccountError):
    """The user name is taken."""


class AccountMissingError(AccountError):
    """Nobody has the user name."""


class LastManagerError(AccountError):
    """Nobody would be left to manage."""


class UserNameError(AccountError):
    """The user name cannot be used."""


class PasswordRuleError(AccountError):
    """The password is too short or too long."""


class BusyLoginError(SupportAnalyticsError):
    """Too many people log in at the same moment; each check of a password takes memory on purpose."""

    kind = ErrorKind.UNAVAILABLE


class NotSignedInError(SupportAnalyticsError):
    """A request that needs a session has none, or its session has ended."""

    kind = ErrorKind.NOT_SIGNED_IN


class ForeignOriginError(SupportAnalyticsError):
    """A request was made by another site's page, or does not say by which."""

    kind = ErrorKind.NOT_ALLOWED


class ManagersOnlyError(SupportAnalyticsError):
    """A change that only managers may make was asked for by somebody else."""

    kind = ErrorKind.NOT_ALLOWED
