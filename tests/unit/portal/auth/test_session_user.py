"""Whose session it is costs a query every few seconds, not with every request."""

from dataclasses import replace

import pytest

from analytics.vocabulary import Role
from portal.auth.accounts import Account
from portal.auth.session_user import REMEMBERED_SECONDS, SessionUser, SessionUsers

THANDI = Account(7, "thandi", Role.MANAGER, "key", is_active=True, locked_until_at=None, last_login_at=None)


class FakeAccounts:
    """One account, and how often it was read."""

    def __init__(self, account: Account | None) -> None:
        """Hold an account, or none."""
        self.account = account
        self.reads = 0
        self.ended: set[str] = set()

    def of_session(self, user_id: int, session_id: str) -> Account | None:
        self.reads += 1
        if session_id in self.ended:
            return None
        return self.account if self.account and self.account.id == user_id else None


class Clock:
    """Shows the time it was set to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_session_finds_its_user() -> None:
    """By what get_id put into it."""
    users = SessionUsers(FakeAccounts(THANDI).of_session, Clock())
    assert users.load(SessionUser(THANDI, "one").get_id()) == SessionUser(THANDI, "one")


ODD = ("", "7", "7:", "7::", "7:key", "7:key:", "7:other:one", "8:key:one", "x:key:one", "-7:key:one", "٧:ключ:one")


@pytest.mark.parametrize("token", ODD)
def test_any_other_session_finds_nobody(token: str) -> None:
    """However odd it is."""
    assert SessionUsers(FakeAccounts(THANDI).of_session, Clock()).load(token) is None


def test_an_account_is_remembered_for_a_few_seconds() -> None:
    """And a change is seen after them at the latest."""
    accounts, clock = FakeAccounts(THANDI), Clock()
    users = SessionUsers(accounts.of_session, clock)
    assert users.load("7:key:one")
    accounts.account = replace(THANDI, is_active=False)
    clock.now = REMEMBERED_SECONDS - 0.1
    assert users.load("7:key:one")
    assert accounts.reads == 1
    clock.now = REMEMBERED_SECONDS
    assert users.load("7:key:one") is None
    assert accounts.reads == 2


def test_a_session_that_was_ended_here_ends_at_once() -> None:
    """Another one of the same account goes on."""
    accounts = FakeAccounts(THANDI)
    users = SessionUsers(accounts.of_session, Clock())
    one, other = users.load("7:key:one"), users.load("7:key:other")
    assert one
    accounts.ended.add("one")
    users.forget(one)
    assert users.load("7:key:one") is None
    assert users.load("7:key:other") == other
