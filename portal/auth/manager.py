"""What only managers may do."""

import flask_login

from analytics.vocabulary import Role
from portal.auth.errors import ManagersOnlyError


def is_manager() -> bool:
    """Tell whether whoever asks may change anything."""
    user = flask_login.current_user
    return bool(user and user.is_authenticated and user.role is Role.MANAGER)


def asking_manager() -> str:
    """Return the name of the manager who asks.

    Raises:
        ManagersOnlyError: If it is nobody who may change anything.
    """
    if not is_manager():
        message = "Only managers may change this."
        raise ManagersOnlyError(message)
    return str(flask_login.current_user.user_name)
