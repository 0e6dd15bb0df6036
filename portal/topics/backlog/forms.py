"""What a manager may mark on the Backlog page."""

from typing import Final

from analytics import pages
from portal.topics.backlog.conclusion import HOW
from portal.topics.backlog.dataset import Unanswered
from portal.widgets.markup import Element, aria, element

ADDRESS: Final = f"{pages.BACKLOG}/follow-ups"
UNDO: Final = "undo"


def mark_form(row: Unanswered, token: str, *, is_marked: bool) -> Element:
    """Return the buttons of a line: what was done, or that it was not done after all.

    Args:
        row: The line.
        token: Of the session, against forged forms.
        is_marked: Whether it is marked as done.
    """
    choices = {UNDO: "Undo"} if is_marked else HOW
    buttons = [
        element(
            "Button",
            words,
            type="submit",
            name="how",
            value=how,
            className="plain-button",
            **aria(label=f"{words}: ticket {row.ticket_id}"),
        )
        for how, words in choices.items()
    ]
    hidden = {"csrf_token": token, "ticket": str(row.ticket_id), "said": row.said_at.isoformat()}
    fields = [element("Input", name=name, type="hidden", value=value) for name, value in hidden.items()]
    return element("Form", [*fields, *buttons], action=ADDRESS, method="post", className="mark-form")
