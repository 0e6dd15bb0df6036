"""Password hashes: argon2id, with a bound on how many are computed at once."""

import threading
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from portal.auth.errors import PasswordRuleError

SHORTEST_PASSWORD: Final = 10
LONGEST_PASSWORD: Final = 200

# Memory and passes of RFC 9106's second recommended option, on one lane: a server of two cores has none to spare.
_HASHER: Final = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
AT_ONCE: Final = 2

# Of a random password that nobody kept: checked where there is no user, so that the time taken tells nothing.
NOBODYS_HASH: Final = (
    "$argon2id$v=19$m=65536,t=3,p=1$R3JSCVWR3/ENT0QxnkYT5g$+Q3BrMOx/ifMEi1tqkXDjih3emGoR2msVRghkTOPkuI"
)


def check_password_rules(password: str) -> None:
    """Accept a new password or say what is wrong with it.

    Raises:
        PasswordRuleError: If it is too short or too long.
    """
    if len(password) < SHORTEST_PASSWORD:
        message = f"The password has fewer than {SHORTEST_PASSWORD} characters."
        raise PasswordRuleError(message, "Choose a longer one; a few words are easy to remember.")
    if len(password) > LONGEST_PASSWORD:
        message = f"The password has more than {LONGEST_PASSWORD} characters."
        raise PasswordRuleError(message, "Choose a shorter one.")


class Passwords:
    """Hashes and checks passwords, two at a time: each takes 64 MB while it lasts.

    Who logs in waits in the login line before, so that no thread waits here.
    """

    def __init__(self) -> None:
        """Start with nothing to do."""
        self._slots = threading.BoundedSemaphore(AT_ONCE)

    def hash(self, password: str) -> str:
        """Return a new hash.

        Raises:
            PasswordRuleError: If the password is too short or too long.
        """
        check_password_rules(password)
        with self._slots:
            return _HASHER.hash(password)

    def is_right(self, password_hash: str, password: str) -> bool:
        """Tell whether a password belongs to a hash; takes equally long for either answer."""
        with self._slots:
            try:
                return _HASHER.verify(password_hash, password)
            except (VerificationError, InvalidHashError):
                return False

    @staticmethod
    def is_outdated(password_hash: str) -> bool:
        """Tell whether a hash was made with other costs than today's."""
        return _HASHER.check_needs_rehash(password_hash)
