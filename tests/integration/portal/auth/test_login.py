"""Log-in: who gets in, who does not, and what the answer gives away."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

from portal.auth.accounts import ACCOUNT_TRIES, LOCKED_FOR, TRIES, Accounts, Locks
from portal.auth.login import REFUSED, check_login
from portal.auth.passwords import NOBODYS_HASH, Passwords
from tests.integration.portal.conftest import PASSWORD, WRONG, Browser
from warehouse.tables.desk import audit_log, login_tries, users

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


HELP = "No account yet, or a forgotten password? Ask your administrator."


def change(accounts: Accounts, user_name: str, **values: object) -> None:
    """Set columns of one account behind the portal's back."""
    with accounts.engine.begin() as connection:
        connection.execute(sa.update(users).where(users.c.user_name == user_name).values(values))


def test_the_right_password_opens_the_page_that_was_asked_for(browser: Browser) -> None:
    """The way leads over the log-in page and back to the address with its filters."""
    sent_away = browser.get("/deep/7?period=last_7_days&channel=email")
    assert sent_away.status_code == 302
    assert sent_away.headers["location"] == "/login?next=/deep/7?period%3Dlast_7_days%26channel%3Demail"
    form = browser.get(sent_away.headers["location"]).text
    assert 'name="next" value="/deep/7?period=last_7_days&amp;channel=email"' in form
    entered = browser.log_in(next="/deep/7?period=last_7_days&channel=email")
    assert entered.status_code == 303
    assert entered.headers["location"] == "/deep/7?period=last_7_days&channel=email"
    assert browser.get(entered.headers["location"]).status_code == 200


def test_who_has_no_account_is_told_whom_to_ask_before_trying(browser: Browser) -> None:
    """The page says the same to everybody, so it tells nobody which accounts there are."""
    assert HELP in browser.get("/login").text


def test_the_user_name_is_read_without_regard_to_case_and_spaces(browser: Browser) -> None:
    """Phones write a capital letter and a space where nobody asked for them."""
    assert browser.log_in(" Thandi ").status_code == 303


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(browser: Browser) -> None:
    """HttpOnly, SameSite, and an end."""
    cookie = browser.log_in().headers["set-cookie"]
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Expires=" in cookie
    assert "Secure" not in cookie


@pytest.mark.parametrize(("user_name", "password"), [("thandi", WRONG), ("nobody", PASSWORD), ("'; --", PASSWORD)])
def test_every_refusal_is_the_same(browser: Browser, user_name: str, password: str) -> None:
    """The answer tells nobody which user names there are."""
    refused = browser.log_in(user_name, password)
    assert refused.status_code == 401
    assert REFUSED in refused.text
    assert HELP in refused.text
    assert password not in refused.text
    assert browser.get("/").status_code == 302


def test_an_account_that_is_not_active_is_refused_like_any_other(browser: Browser, accounts: Accounts) -> None:
    """The right password does not help."""
    change(accounts, "thandi", is_active=False)
    refused = browser.log_in()
    assert refused.status_code == 401
    assert REFUSED in refused.text


def test_five_wrong_passwords_lock_the_account_for_this_address_for_a_while(
    browser: Browser, accounts: Accounts
) -> None:
    """The right one is refused until the lock ends, and the lock is in the audit log."""
    for _ in range(TRIES):
        assert browser.log_in(password=WRONG).status_code == 401
    refused = browser.log_in()
    assert refused.status_code == 401
    assert REFUSED in refused.text
    with accounts.engine.begin() as connection:
        ended = sa.update(login_tries).values(locked_until_at=login_tries.c.locked_until_at - LOCKED_FOR)
        assert connection.execute(ended).rowcount == 1
        assert connection.scalars(sa.select(audit_log.c.target).where(audit_log.c.action == "user_locked")).all() == [
            "thandi"
        ]
    assert browser.log_in().status_code == 303


def test_the_right_password_forgets_the_wrong_ones_before_it(browser: Browser, accounts: Accounts) -> None:
    """Only wrong passwords in a row count."""
    for _ in range(2):
        for _ in range(TRIES - 1):
            browser.log_in(password=WRONG)
        browser.client.cookies.clear()
        assert browser.log_in().status_code == 303
        browser.client.cookies.clear()
    with accounts.engine.connect() as connection:
        row = connection.execute(sa.select(users).where(users.c.user_name == "thandi")).one()
    assert (row.failed_login_count, row.locked_until_at) == (0, None)
    assert row.last_login_at is not None


def test_guesses_made_at_the_same_time_are_all_counted(accounts: Accounts) -> None:
    """However many arrive at once, five are checked."""
    with ThreadPoolExecutor(12) as pool:
        attempts = list(pool.map(lambda _: accounts.attempt("thandi", "here", NOW), range(24)))
    assert sum(attempt is not None for attempt in attempts) == TRIES
    assert accounts.attempt("thandi", "here", NOW + LOCKED_FOR - timedelta(seconds=1)) is None
    assert accounts.attempt("thandi", "here", NOW + LOCKED_FOR) is not None


def test_a_stranger_locks_out_nobody_but_himself(accounts: Accounts) -> None:
    """The owner comes in from another address, which does not let the stranger back in."""
    passwords = Passwords()
    for _ in range(TRIES):
        assert check_login(accounts, passwords, "thandi", WRONG, "stranger") is None
    assert check_login(accounts, passwords, "thandi", PASSWORD, "stranger") is None
    assert check_login(accounts, passwords, "thandi", PASSWORD, "owner") is not None
    assert check_login(accounts, passwords, "thandi", PASSWORD, "stranger") is None


def test_very_many_wrong_passwords_from_many_addresses_lock_the_account(accounts: Accounts) -> None:
    """So that guesses from a whole network are few; a new password lifts every lock."""
    attempts = [accounts.attempt("thandi", f"address {number // TRIES}", NOW) for number in range(ACCOUNT_TRIES)]
    assert all(attempts)
    assert attempts[-1] is not None
    assert attempts[-1].locks is Locks.ACCOUNT
    assert accounts.attempt("thandi", "another", NOW) is None
    accounts.set_password("thandi", "x", "test")
    assert accounts.attempt("thandi", "address 0", NOW) is not None


class RecordingPasswords(Passwords):
    """Remembers which hashes were checked."""

    def __init__(self) -> None:
        """Start with none."""
        super().__init__()
        self.checked: list[str] = []

    def is_right(self, password_hash: str, password: str) -> bool:
        self.checked.append(password_hash)
        return super().is_right(password_hash, password)


@pytest.mark.parametrize("user_name", ["nobody", "not a user name", "sipho"])
def test_a_refusal_without_an_account_costs_as_much_as_a_wrong_password(accounts: Accounts, user_name: str) -> None:
    """One hash of the usual cost is checked, whether or not there is a user, so the time taken tells nothing."""
    change(accounts, "sipho", is_active=False)
    passwords = RecordingPasswords()
    assert check_login(accounts, passwords, user_name, PASSWORD, "here") is None
    assert passwords.checked == [NOBODYS_HASH]
    assert not Passwords.is_outdated(NOBODYS_HASH)


def test_a_hash_with_older_costs_is_replaced_and_the_sessions_go_on(accounts: Accounts) -> None:
    """The password in hand is the moment to hash it as today."""
    old = PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1).hash(PASSWORD)
    change(accounts, "thandi", password_hash=old)
    before = accounts.all()
    assert check_login(accounts, Passwords(), "thandi", PASSWORD, "here") is not None
    with accounts.engine.connect() as connection:
        new = connection.scalar(sa.select(users.c.password_hash).where(users.c.user_name == "thandi"))
    assert new is not None
    assert not Passwords.is_outdated(new)
    assert [account.session_key for account in accounts.all()] == [account.session_key for account in before]
    assert check_login(accounts, Passwords(), "thandi", PASSWORD, "here") is not None


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/login", ""]
)
def test_the_way_after_the_log_in_never_leads_to_another_site(browser: Browser, elsewhere: str) -> None:
    """Neither after the form, nor from the log-in page of somebody who is in already."""
    assert browser.log_in(next=elsewhere).headers["location"] == "/"
    again = browser.client.get("/login", params={"next": elsewhere})
    assert (again.status_code, again.headers["location"]) == (302, "/")


def test_a_form_without_its_token_is_refused(browser: Browser) -> None:
    """Another site cannot log a person in as somebody else."""
    refused = browser.client.post("/login", data={"user_name": "thandi", "password": PASSWORD})
    assert refused.status_code == 400
    assert "Please try again" in refused.text
    assert browser.get("/").status_code == 302


def test_a_form_of_unusual_size_is_refused(browser: Browser) -> None:
    """Nobody types a megabyte."""
    assert browser.log_in(password="x" * 1_000_000).status_code == 413
