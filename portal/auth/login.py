"""The log-in page and the way out."""

import secrets
from datetime import UTC, datetime
from typing import Final

import flask
import flask_login
from werkzeug.wrappers import Response

from portal.auth.accounts import Accounts, normal_user_name
from portal.auth.addresses import address_key
from portal.auth.errors import BusyLoginError, UserNameError
from portal.auth.local_path import LOGIN, LOGOUT, local_path
from portal.auth.login_line import is_turned_away
from portal.auth.passwords import NOBODYS_HASH, Passwords
from portal.auth.session_user import SessionUser, SessionUsers

# The same sentence whatever was wrong: it tells nobody which user names there are.
REFUSED: Final = "The user name or the password is wrong. After five wrong tries you have to wait for 15 minutes."


def login_blueprint(accounts: Accounts, passwords: Passwords, session_users: SessionUsers) -> flask.Blueprint:
    """Return the routes /login and /logout.

    Args:
        accounts: Who may log in.
        passwords: Checks passwords.
        session_users: Knows whose a session is.
    """
    blueprint = flask.Blueprint("login", __name__)

    def show_login() -> Response | str:
        if flask_login.current_user.is_authenticated:
            return flask.redirect(local_path(flask.request.args.get("next", "")))
        return _form(flask.request.args.get("next", ""))

    def log_in() -> Response | tuple[str, int]:
        form = flask.request.form
        if is_turned_away(flask.request.environ):
            message = "Many people are logging in at this moment."
            raise BusyLoginError(message, "Try again in a few seconds.")
        key = address_key(flask.request.remote_addr or "", str(flask.current_app.secret_key))
        user = check_login(accounts, passwords, form.get("user_name", ""), form.get("password", ""), key)
        if user is None:
            return _form(form.get("next", ""), REFUSED, form.get("user_name", "")[:100]), 401
        # A fresh session: nothing that was set before the log-in lives on.
        flask.session.clear()
        flask.session.permanent = True
        flask_login.login_user(user)
        return flask.redirect(local_path(form.get("next", "")), 303)

    def log_out() -> Response:
        user = flask_login.current_user
        accounts.end_session(user.account, user.session_id)
        session_users.forget(user)
        flask_login.logout_user()
        flask.session.clear()
        return flask.redirect(flask.url_for("login.show_login"), 303)

    blueprint.add_url_rule(LOGIN, view_func=show_login, methods=["GET"])
    blueprint.add_url_rule(LOGIN, view_func=log_in, methods=["POST"])
    blueprint.add_url_rule(LOGOUT, view_func=log_out, methods=["POST"])
    return blueprint


def check_login(
    accounts: Accounts, passwords: Passwords, user_name: str, password: str, address: str
) -> SessionUser | None:
    """Return the user, or None; the time taken tells nobody which of the two was wrong.

    Args:
        accounts: Who may log in.
        passwords: Checks passwords.
        user_name: As it was typed.
        password: As it was typed.
        address: The key of the address that it comes from.
    """
    now = datetime.now(UTC)
    try:
        attempt = accounts.attempt(normal_user_name(user_name), address, now)
    except UserNameError:
        attempt = None
    is_right = passwords.is_right(NOBODYS_HASH if attempt is None else attempt.password_hash, password)
    if attempt is None:
        return None
    if not is_right:
        accounts.failed(attempt)
        return None
    accounts.succeeded(attempt, now)
    if passwords.is_outdated(attempt.password_hash):
        accounts.rehash(attempt.account.id, passwords.hash(password))
    return SessionUser(attempt.account, secrets.token_hex(16))


def _form(next_path: str, error: str = "", user_name: str = "") -> str:
    return flask.render_template("login.html", next=local_path(next_path), error=error, user_name=user_name)
