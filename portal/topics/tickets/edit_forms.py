"""The forms of a ticket's page: correct it, log a call, leave it out of the numbers, and undo."""

import re
from collections.abc import Mapping
from typing import Final

from analytics import pages
from analytics.vocabulary import PRIORITIES
from portal.numbers import phrasing
from portal.topics.tickets.edit_query import Editable
from portal.topics.tickets.edits import CALLS, LONGEST_NOTE
from portal.widgets.markup import Element, element

UNDO_ADDRESS: Final = f"{pages.TICKETS}/undo"
_DONE: Final = re.compile(r"(category|priority|exclusion|call)\.(\d{1,18})(?:\.(\d{1,3}))?", re.ASCII)
_SAID: Final[Mapping[str, str]] = {
    "category": "The category was changed",
    "priority": "The priority was changed",
    "exclusion": "What the numbers count was changed",
    "call": "It was logged",
}
_COUNTS: Final = "Counts as any ticket"
_EXCLUSIONS: Final = {"": _COUNTS, "spam": "Spam", "merged": "Merged into another", "test": "A test"}
_NOTE: Final = "Numbers follow with the next refresh; the classifier learns from what you correct."


def edit_address(ticket_id: int) -> str:
    """Return where the forms of a ticket are sent."""
    return f"{pages.TICKETS}/{ticket_id}/edit"


def edit_forms(ticket: Editable, token: str) -> list[Element]:
    """Return the forms.

    Args:
        ticket: As it is now.
        token: Of the session, against forged forms.
    """
    names = dict(ticket.categories)
    if ticket.category is not None:
        names.setdefault(ticket.category, ticket.category)
    priorities = {each: phrasing.prettified(each) for each in reversed(PRIORITIES)}
    if ticket.priority is None:
        priorities = {"": "Not set", **priorities}
    send = edit_address(ticket.ticket_id)
    call = [
        _choice("What", "kind", {each: phrasing.prettified(each) for each in CALLS}, "call"),
        _field("Minutes", element("Input", name="minutes", type="number", min=0, max=1440, step="any", required=True)),
        _field("Note", element("Input", name="note", maxLength=LONGEST_NOTE)),
    ]
    exclusion = [
        _choice("In the numbers", "exclusion", _EXCLUSIONS, ticket.exclusion or ""),
        _field("Merged into ticket", element("Input", name="into", maxLength=100)),
    ]
    return [
        _form(send, token, "category", [_choice("Category", "category", {"": "None", **names}, ticket.category or "")]),
        _form(send, token, "priority", [_choice("Priority", "priority", priorities, ticket.priority or "")]),
        _folded("Log a call or chat", _form(send, token, "call", call, "Log it")),
        _folded("Spam, merged or test", _form(send, token, "exclusion", exclusion, "Change")),
        element("P", _NOTE, className="note"),
    ]


def done_notice(value: str, token: str) -> list[Element]:
    """Return what was just changed, with its undo; nothing where the address does not say.

    Args:
        value: The parameter `DONE`.
        token: Of the session, against forged forms.
    """
    found = _DONE.fullmatch(value)
    if found is None:
        return []
    fields = [_hidden("csrf_token", token), _hidden("change", found[2])]
    undo = element("Button", "Undo", type="submit", className="plain-button")
    form = element("Form", [*fields, undo], action=UNDO_ADDRESS, method="post", className="undo-form")
    said = _SAID[found[1]] + (f", on {phrasing.plural(int(found[3]), 'ticket')}" if found[3] else "")
    return [element("Div", [f"✓ {said}. ", form], className="notice done-notice", role="status")]


def _form(address: str, token: str, change: str, fields: list[Element], words: str = "Correct") -> Element:
    hidden = [_hidden("csrf_token", token), _hidden("change", change)]
    button = element("Button", words, type="submit", className="plain-button")
    return element("Form", [*hidden, *fields, button], action=address, method="post", className="settings-form")


def _folded(title: str, form: Element) -> Element:
    return element("Details", [element("Summary", title), form], className="edit-fold")


def _hidden(name: str, value: str) -> Element:
    return element("Input", name=name, type="hidden", value=value)


def _choice(label: str, name: str, values: Mapping[str, str], chosen: str) -> Element:
    options = [element("Option", words, value=value) for value, words in values.items()]
    return _field(label, element("Select", options, name=name, defaultValue=chosen))


def _field(label: str, control: Element) -> Element:
    return element("Label", [element("Span", label), control], className="field")
