"""Whose session a request has, without a database query each time."""

import hmac
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from analytics.vocabulary import Role
from portal.auth.accounts import Account

REMEMBERED_SECONDS: Final = 5.0
"""How long a process may go on with a session after it has ended elsewhere."""
_MOST_REMEMBERED: Final = 10_000


@dataclass(frozen=True, slots=True)
class SessionUser:
    """The user of a session, as flask-login wants one.

    Attributes:
        account: Whose session it is.
        session_id: Tells one log-in of the account from another.
    """

    account: Account
    session_id: str

    @property
    def is_authenticated(self) -> bool:
        """Always: the session of somebody else has no such user."""
        return True

    @property
    def is_active(self) -> bool:
        """Whether the user may log in at present."""
        return self.account.is_active

    @property
    def is_anonymous(self) -> bool:
        """Never."""
        return False

    @property
    def user_name(self) -> str:
        """What was typed to log in."""
        return self.account.user_name

    @property
    def role(self) -> Role:
        """What the user may do."""
        return self.account.role

    def get_id(self) -> str:
        """Return what the session holds: the account, the key that changes with its password, and which log-in."""
        return f"{self.account.id}:{self.account.session_key}:{self.session_id}"


class SessionUsers:
    """Finds the user of a session; remembers sessions for a few seconds."""

    def __init__(self, read: Callable[[int, str], Account | None], clock: Callable[[], float] = time.monotonic) -> None:
        """Start with nothing remembered.

        Args:
            read: Reads an account by its key and the id of a session; None when either is gone.
            clock: Seconds since any moment.
        """
        self._read = read
        self._clock = clock
        self._remembered: dict[tuple[int, str], tuple[float, Account | None]] = {}
        self._lock = threading.Lock()

    def load(self, token: str) -> SessionUser | None:
        """Return the user whose `get_id` a session holds; None when the session has ended."""
        key, session_key, session_id = (*token.split(":"), "", "", "")[:3]
        account = self._account(int(key), session_id) if key.isdecimal() and session_id else None
        if account is None or not account.is_active or not _are_equal(account.session_key, session_key):
            return None
        return SessionUser(account, session_id)

    def forget(self, user: SessionUser) -> None:
        """Read a session anew at its next request, because it has ended."""
        with self._lock:
            self._remembered.pop((user.account.id, user.session_id), None)

    def _account(self, user_id: int, session_id: str) -> Account | None:
        now, key = self._clock(), (user_id, session_id)
        with self._lock:
            read_at, account = self._remembered.get(key, (float("-inf"), None))
        if now - read_at < REMEMBERED_SECONDS:
            return account
        account = self._read(user_id, session_id)
        with self._lock:
            if len(self._remembered) >= _MOST_REMEMBERED:
                self._remembered.clear()
            self._remembered[key] = (now, account)
        return account


def _are_equal(one: str, other: str) -> bool:
    """Compare in the same time wherever they differ."""
    return hmac.compare_digest(one.encode(), other.encode())
