"""Sessions: who is in, for how long, and what ends it."""

import time

import pytest
from itsdangerous import TimestampSigner

from portal.auth import session_user
from portal.auth.accounts import Accounts
from tests.integration.conftest import Database
from tests.integration.portal.auth.test_login import change
from tests.integration.portal.conftest import HOST, PASSWORD, Browser, PortalFactory


@pytest.fixture(autouse=True)
def _nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read the account for every request, so that no test has to wait."""
    monkeypatch.setattr(session_user, "REMEMBERED_SECONDS", 0.0)


@pytest.mark.parametrize(("user_name", "role"), [("thandi", "manager"), ("sipho", "viewer")])
def test_a_session_has_the_role_of_its_user(browser: Browser, user_name: str, role: str) -> None:
    """Views read it from current_user."""
    browser.log_in(user_name)
    assert browser.get("/probe/role").json() == {"user_name": user_name, "role": role}


def test_a_new_password_ends_the_sessions_made_with_the_old_one(
    manager: Browser, accounts: Accounts, password_hash: str
) -> None:
    """Whoever had the old password is out."""
    assert manager.call(Origin=f"http://{HOST}").status_code == 200
    accounts.set_password("thandi", password_hash, "test")
    assert manager.get("/").headers["location"] == "/login"
    assert manager.call(Origin=f"http://{HOST}").status_code == 401


def test_a_session_ends_with_its_account(manager: Browser, accounts: Accounts) -> None:
    """Removed or switched off: both end it."""
    change(accounts, "thandi", is_active=False)
    assert manager.get("/").status_code == 302
    change(accounts, "thandi", is_active=True)
    assert manager.get("/").status_code == 200
    change(accounts, "sipho", role="manager")
    accounts.remove("thandi", "test")
    assert manager.get("/").status_code == 302


def test_logging_out_ends_the_session(manager: Browser) -> None:
    """The button in the frame carries a token of the session."""
    token = find_token(manager.get("/_dash-layout").json())
    ended = manager.client.post("/logout", data={"csrf_token": token})
    assert (ended.status_code, ended.headers["location"]) == (303, "/login")
    assert manager.get("/").status_code == 302


def test_a_copy_of_the_cookie_ends_with_the_log_out(
    manager: Browser, database: Database, portal_at: PortalFactory
) -> None:
    """Whoever copied it before is out, in every process of the portal; the same user's other session goes on."""
    copy, elsewhere = portal_at(database.url), portal_at(database.url)
    copy.client.cookies.update(manager.client.cookies)
    assert elsewhere.log_in().status_code == 303
    assert copy.get("/").status_code == 200
    token = find_token(manager.get("/_dash-layout").json())
    assert manager.client.post("/logout", data={"csrf_token": token}).status_code == 303
    assert copy.get("/").headers["location"] == "/login"
    assert elsewhere.get("/").status_code == 200


def find_token(component: object) -> str:
    """Return the token of the log-out form somewhere in a layout; "" when there is none."""
    if isinstance(component, dict):
        props = component.get("props", {})
        if props.get("name") == "csrf_token":
            return str(props["value"])
        return find_token(props.get("children"))
    if isinstance(component, list):
        return next(filter(None, map(find_token, component)), "")
    return ""


def test_another_site_cannot_log_anybody_out(manager: Browser) -> None:
    """Without the token, and by a link, the session goes on."""
    assert manager.client.post("/logout").status_code == 400
    assert manager.get("/logout").status_code == 404
    assert manager.get("/").status_code == 200


def test_a_session_ends_after_its_hours_without_use(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cookie's own time is checked, whatever the browser does with it."""
    token = browser.token()
    hours_ago = int(time.time()) - 12 * 3600 - 60
    with monkeypatch.context() as patch:
        patch.setattr(TimestampSigner, "get_timestamp", lambda _self: hours_ago)
        form = {"csrf_token": token, "user_name": "thandi", "password": PASSWORD}
        # The form's own token would be from the future there.
        patch.setattr("flask_wtf.csrf.CSRFProtect.protect", lambda _self: None)
        browser.client.cookies.clear()
        assert browser.client.post("/login", data=form).status_code == 303
    assert browser.get("/").status_code == 302


def test_a_session_in_use_is_prolonged_now_and_then_only(manager: Browser) -> None:
    """An answer that was under way while its user logged out must not bring the session back."""
    assert "set-cookie" in manager.get("/").headers
    assert "set-cookie" not in manager.get("/").headers


def test_a_cookie_signed_with_another_key_is_worth_nothing(
    manager: Browser, database: Database, portal_at: PortalFactory
) -> None:
    """Whoever does not have the key cannot make a session."""
    other = PortalFactory(portal_at.settings.__class__(portal_at.settings.data_dir))(database.url)
    other.client.cookies.set("support_session", manager.client.cookies["support_session"])
    assert other.get("/").status_code == 302


def test_over_https_the_cookie_never_travels_without_it(
    database: Database, accounts: Accounts, portal_at: PortalFactory
) -> None:
    """Secure, and bound to this host by its name."""
    del accounts
    browser = portal_at(database.url, is_https=True)
    form = {"csrf_token": browser.token(), "user_name": "thandi", "password": PASSWORD}
    entered = browser.client.post("/login", data=form, headers={"Referer": f"https://{HOST}/login"})
    assert entered.status_code == 303
    assert entered.headers["set-cookie"].startswith("__Host-support_session=")
    assert "Secure" in entered.headers["set-cookie"].split("; ")
