"""Whether a callback's page is the one being shown.

Following a link changes the address before the page goes; its callbacks would then ask for numbers nobody will see.
"""

from dash.exceptions import PreventUpdate


def stay_unless(is_shown: bool) -> None:  # noqa: FBT001 - the question is the argument
    """End the callback when its page is no longer shown.

    Raises:
        PreventUpdate: If it is not.
    """
    if not is_shown:
        raise PreventUpdate
