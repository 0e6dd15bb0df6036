"""Passwords are hashed slowly, and never too many at once."""

import pytest

from portal.auth.errors import PasswordRuleError
from portal.auth.passwords import LONGEST_PASSWORD, NOBODYS_HASH, SHORTEST_PASSWORD, Passwords, check_password_rules


def test_a_hash_is_right_for_its_password_only() -> None:
    """And two hashes of one password differ."""
    passwords = Passwords()
    first, second = passwords.hash("a few words"), passwords.hash("a few words")
    assert first != second
    assert passwords.is_right(first, "a few words")
    assert not passwords.is_right(second, "a few word")
    assert not passwords.is_outdated(first)


def test_a_hash_that_cannot_be_read_is_wrong() -> None:
    """A row that was written by hand lets nobody in."""
    assert not Passwords().is_right("plain text", "plain text")


def test_nobodys_hash_costs_what_a_real_one_costs() -> None:
    """Otherwise the time taken would tell whether there is a user."""
    assert not Passwords.is_outdated(NOBODYS_HASH)
    assert not Passwords().is_right(NOBODYS_HASH, "")


@pytest.mark.parametrize("length", [0, SHORTEST_PASSWORD - 1, LONGEST_PASSWORD + 1])
def test_a_password_of_unfit_length_is_refused(length: int) -> None:
    """The message does not repeat it."""
    with pytest.raises(PasswordRuleError) as refused:
        check_password_rules("x" * length)
    assert "xxx" not in str(refused.value)


@pytest.mark.parametrize("length", [SHORTEST_PASSWORD, LONGEST_PASSWORD])
def test_the_shortest_and_the_longest_password_are_taken(length: int) -> None:
    """Both bounds belong to what is allowed."""
    check_password_rules("x" * length)
