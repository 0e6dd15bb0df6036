"""Who may change anything."""

from types import SimpleNamespace

import flask
import flask_login
import pytest

from analytics.errors import ErrorKind
from analytics.vocabulary import Role
from portal.auth.errors import ManagersOnlyError
from portal.auth.manager import asking_manager, is_manager


def asked_by(role: Role | None) -> flask.ctx.RequestContext:
    """Return a request by a user with a role; None is a request without a session."""
    server = flask.Flask("portal", static_folder=None)
    server.secret_key = "of a test"
    manager = flask_login.LoginManager(server)
    user = None if role is None else SimpleNamespace(user_name="thandi", is_authenticated=True, role=role)
    manager.request_loader(lambda _request: user)
    return server.test_request_context()


def test_a_manager_may_change_anything() -> None:
    """And the change is the manager's own."""
    with asked_by(Role.MANAGER):
        assert is_manager()
        assert asking_manager() == "thandi"


@pytest.mark.parametrize("role", [Role.VIEWER, None])
def test_nobody_else_may(role: Role | None) -> None:
    """Neither a viewer nor one without a session; the error says that it is not allowed."""
    with asked_by(role):
        assert not is_manager()
        with pytest.raises(ManagersOnlyError) as refused:
            asking_manager()
    assert refused.value.kind is ErrorKind.NOT_ALLOWED


def test_what_is_drawn_without_a_request_is_drawn_for_no_manager() -> None:
    """Nobody asks, so nobody may change anything."""
    assert not is_manager()
