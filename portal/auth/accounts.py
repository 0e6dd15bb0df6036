"""Accounts: the rows of `support.users`, read and changed here only."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from analytics.vocabulary import Role
from portal.auth.errors import AccountExistsError, AccountMissingError, LastManagerError, UserNameError
from warehouse.audit_log import record
from warehouse.tables.desk import audit_log, login_tries, users

TRIES: Final = 5
"""Wrong passwords from one address, after which this address may not try this account for a while."""
ACCOUNT_TRIES: Final = 40
"""Wrong passwords from any addresses, after which nobody may."""
LOCKED_FOR: Final = timedelta(minutes=15)
LOGGED_OUT: Final = "logged_out"
LONGEST_SESSION: Final = timedelta(days=30)
"""No cookie is good for longer after its last use: the most that SUPPORT_SESSION_HOURS may be."""
_TRIES_KEPT_FOR: Final = timedelta(days=1)
_USER_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._@+-]{0,99}")


@dataclass(frozen=True, slots=True)
class Account:
    """One who may log in.

    Attributes:
        id: Key.
        user_name: What is typed to log in; in lower case.
        role: What the user may do.
        session_key: Changes with the password; a session that holds an older one has ended.
        is_active: Whether the user may log in at present.
        locked_until_at: End of a lock after too many wrong passwords.
        last_login_at: When the user last logged in.
    """

    id: int
    user_name: str
    role: Role
    session_key: str
    is_active: bool
    locked_until_at: datetime | None
    last_login_at: datetime | None


class Locks(StrEnum):
    """What one wrong password more locks."""

    ADDRESS = "address"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Attempt:
    """A log-in that has been counted and may now be checked.

    Attributes:
        account: Whose password it has to be.
        password_hash: What the password is checked against.
        address_key: Tells the address that it comes from.
        locks: What is locked if the password is wrong; None: nothing yet.
    """

    account: Account
    password_hash: str
    address_key: str
    locks: Locks | None


def normal_user_name(text: str) -> str:
    """Return a user name as it is stored.

    Raises:
        UserNameError: If it cannot be one.
    """
    name = text.strip().lower()
    if not _USER_NAME.fullmatch(name):
        message = "The user name has characters that cannot be used, or is too long."
        raise UserNameError(message, "Use letters, digits and . _ @ + - and begin with a letter or digit.")
    return name


_COLUMNS: Final = (
    users.c.id,
    users.c.user_name,
    users.c.role,
    users.c.session_key,
    users.c.is_active,
    users.c.locked_until_at,
    users.c.last_login_at,
)


@dataclass(frozen=True, slots=True)
class Accounts:
    """The accounts of one database.

    Attributes:
        engine: Engine in the role that may change accounts; removing one needs the owner's.
    """

    engine: sa.Engine

    def all(self) -> tuple[Account, ...]:
        """Return every account, by user name."""
        with self.engine.connect() as connection:
            rows = connection.execute(sa.select(*_COLUMNS).order_by(users.c.user_name))
            return tuple(_account(row) for row in rows)

    def of_session(self, user_id: int, session_id: str) -> Account | None:
        """Return the account of a session; None when it is gone, or the session was logged out."""
        ended = sa.exists().where(
            audit_log.c.action == LOGGED_OUT,
            audit_log.c.target == session_id,
            audit_log.c.happened_at > sa.func.now() - LONGEST_SESSION,
        )
        statement = sa.select(*_COLUMNS).where(users.c.id == user_id, ~ended)
        with self.engine.connect() as connection:
            row = connection.execute(statement).one_or_none()
        return None if row is None else _account(row)

    def end_session(self, account: Account, session_id: str) -> None:
        """End one session for good, copies of its cookie included; the audit log keeps which it was."""
        with self.engine.begin() as connection:
            record(connection, account.user_name, LOGGED_OUT, session_id)

    def attempt(self, user_name: str, address_key: str, now: datetime) -> Attempt | None:
        """Count a log-in before it is checked, so that guesses made at the same time are all counted.

        Args:
            user_name: A normal user name.
            address_key: Tells the address that it comes from, at most 64 characters.
            now: The present instant.

        Returns:
            None when there is no such active account, or it is locked, for this address or for all.
        """
        with self.engine.connect() as connection, connection.begin() as transaction:
            row = connection.execute(_counted_for_account(user_name, now)).one_or_none()
            if row is None:
                return None
            tries = connection.execute(_counted_for_address(row.id, address_key, now)).one_or_none()
            if tries is None:
                transaction.rollback()
                return None
        locks = Locks.ACCOUNT if row.locked_until_at else Locks.ADDRESS if tries.locked_until_at else None
        return Attempt(_account(row), row.password_hash, address_key, locks)

    def failed(self, attempt: Attempt) -> None:
        """Write down that a counted log-in was wrong and has locked something, if it has."""
        if attempt.locks is not None:
            with self.engine.begin() as connection:
                record(connection, "portal", "user_locked", attempt.account.user_name, {"locked": attempt.locks})

    def succeeded(self, attempt: Attempt, now: datetime) -> None:
        """Forget the wrong passwords before a right one; those of other addresses stay locked for these."""
        user_id = attempt.account.id
        values = {"failed_login_count": 0, "locked_until_at": None, "last_login_at": now}
        is_over = sa.or_(
            login_tries.c.address_key == attempt.address_key, login_tries.c.last_failed_at < now - _TRIES_KEPT_FOR
        )
        with self.engine.begin() as connection:
            connection.execute(sa.update(users).where(users.c.id == user_id).values(values))
            connection.execute(sa.delete(login_tries).where(login_tries.c.user_id == user_id, is_over))

    def rehash(self, user_id: int, password_hash: str) -> None:
        """Replace the hash of the same password by one with today's costs; sessions go on."""
        with self.engine.begin() as connection:
            connection.execute(sa.update(users).where(users.c.id == user_id).values(password_hash=password_hash))

    def add(self, user_name: str, role: Role, password_hash: str, actor: str) -> None:
        """Let somebody log in.

        Raises:
            AccountExistsError: If the user name is taken.
        """
        row = {"user_name": user_name, "role": role, "password_hash": password_hash, "session_key": _session_key()}
        try:
            with self.engine.begin() as connection:
                connection.execute(sa.insert(users).values(row))
                record(connection, actor, "user_added", user_name)
        except sa.exc.IntegrityError as error:
            message = f"There is a user {user_name} already."
            raise AccountExistsError(message, "Set a new password with: support-analytics users passwd") from error

    def set_password(self, user_name: str, password_hash: str, actor: str) -> None:
        """Set a new password, lift a lock, and end the user's sessions.

        Raises:
            AccountMissingError: If nobody has the user name.
        """
        values = {
            "password_hash": password_hash,
            "session_key": _session_key(),
            "failed_login_count": 0,
            "locked_until_at": None,
        }
        with self.engine.begin() as connection:
            user_id = connection.scalar(
                sa.update(users).where(users.c.user_name == user_name).values(values).returning(users.c.id)
            )
            if user_id is None:
                raise _missing(user_name)
            connection.execute(sa.delete(login_tries).where(login_tries.c.user_id == user_id))
            record(connection, actor, "password_set", user_name)

    def remove(self, user_name: str, actor: str) -> None:
        """Take a log-in away; the user's sessions end.

        Raises:
            AccountMissingError: If nobody has the user name.
            LastManagerError: If it is the last manager's.
        """
        with self.engine.begin() as connection:
            managers = connection.scalars(
                sa.select(users.c.user_name).where(users.c.role == Role.MANAGER, users.c.is_active).with_for_update()
            ).all()
            if list(managers) == [user_name]:
                message = f"{user_name} is the last manager."
                raise LastManagerError(message, "Add another manager first.")
            if connection.execute(sa.delete(users).where(users.c.user_name == user_name)).rowcount == 0:
                raise _missing(user_name)
            record(connection, actor, "user_removed", user_name)


def _counted_for_account(user_name: str, now: datetime) -> Any:  # noqa: ANN401 - sqlalchemy's types of rows
    count = users.c.failed_login_count + 1
    is_last = count >= ACCOUNT_TRIES
    return (
        sa.update(users)
        .where(users.c.user_name == user_name, users.c.is_active)
        .where(sa.or_(users.c.locked_until_at.is_(None), users.c.locked_until_at <= now))
        .values(
            failed_login_count=sa.case((is_last, 0), else_=count),
            locked_until_at=sa.case((is_last, now + LOCKED_FOR)),
        )
        .returning(*_COLUMNS, users.c.password_hash)
    )


def _counted_for_address(user_id: int, address_key: str, now: datetime) -> Any:  # noqa: ANN401 - as above
    columns = login_tries.c
    count = sa.case((columns.locked_until_at.is_not(None), 1), else_=columns.failed_count + 1)  # a lock that has ended
    first = insert(login_tries).values(user_id=user_id, address_key=address_key, failed_count=1, last_failed_at=now)
    return first.on_conflict_do_update(
        index_elements=[columns.user_id, columns.address_key],
        set_={
            "failed_count": count,
            "last_failed_at": now,
            "locked_until_at": sa.case((count >= TRIES, now + LOCKED_FOR)),
        },
        where=sa.or_(columns.locked_until_at.is_(None), columns.locked_until_at <= now),
    ).returning(columns.locked_until_at)


def _missing(user_name: str) -> AccountMissingError:
    return AccountMissingError(f"There is no user {user_name}.", "See: support-analytics users list")


def _session_key() -> str:
    return secrets.token_hex(16)


def _account(row: Any) -> Account:  # noqa: ANN401 - the checker knows no type that rows of several statements share
    return Account(
        row.id, row.user_name, Role(row.role), row.session_key, row.is_active, row.locked_until_at, row.last_login_at
    )
