"""What a manager may do on a customer's page: mark a call, and take the mark back."""

from typing import Final

from analytics import pages
from analytics.customer_ids import customer_id
from portal.numbers.called import Call
from portal.widgets.markup import Element, element

CALLS_ADDRESS: Final = f"{pages.CUSTOMERS}/calls"
_OUTCOMES: Final = (("reached", "Reached"), ("no_answer", "No answer"), ("call_back", "Call back later"))


def call_form(customer: int, token: str) -> Element:
    """Return the form that marks a call.

    Args:
        customer: Number, as the facts have it.
        token: Of the session, against forged forms.
    """
    outcome = element(
        "Select", [element("Option", words, value=value) for value, words in _OUTCOMES], name="outcome", required=True
    )
    note = element("Input", name="note", type="text", maxLength=500, placeholder="What was said or promised")
    return element(
        "Form",
        [
            _hidden("csrf_token", token),
            _hidden("customer", customer_id(customer)),
            element("Label", [element("Span", "How it ended"), outcome], className="field"),
            element("Label", [element("Span", "Note"), note], className="field call-note"),
            element("Button", "Mark as called", type="submit", className="plain-button"),
        ],
        action=CALLS_ADDRESS,
        method="post",
        className="settings-form call-form",
    )


def undo_form(call: Call, token: str) -> Element:
    """Return the form that takes a mark back."""
    return element(
        "Form",
        [
            _hidden("csrf_token", token),
            _hidden("undo", str(call.number)),
            element("Button", "Undo", type="submit", className="plain-button"),
        ],
        action=CALLS_ADDRESS,
        method="post",
        className="call-undo",
    )


def _hidden(name: str, value: str) -> Element:
    return element("Input", name=name, type="hidden", value=value)
