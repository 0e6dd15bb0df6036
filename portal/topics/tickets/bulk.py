"""Corrects many tickets at once: the form above the list, and what it holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from analytics import pages
from analytics.vocabulary import PRIORITIES
from portal.numbers import phrasing
from portal.topics.tickets.edits import Correction, InvalidEditError, checked_change, checked_edit
from portal.widgets.markup import Element, element

BULK_ADDRESS: Final = f"{pages.TICKETS}/correct"
FORM_ID: Final = "tickets-bulk"
"""The boxes of the rows belong to the form by this id; so `assets/data_table.js` knows it too."""
MOST: Final = 500
"""Tickets that are corrected at once."""


@dataclass(frozen=True, slots=True)
class BulkEdit:
    """What the form holds.

    Attributes:
        correction: What the tickets become.
        tickets: The rows that were chosen; () takes the whole list.
        search: The list, as an address has it.
        expected: How many tickets the whole list had when it was shown.
    """

    correction: Correction
    tickets: tuple[int, ...]
    search: str
    expected: int


def checked_bulk(form: Mapping[str, str], tickets: Sequence[str]) -> BulkEdit:
    """Read what the form holds.

    Args:
        form: Its single fields.
        tickets: The rows that were chosen.

    Raises:
        InvalidEditError: If it is no change that can be made.
    """
    field, _, value = form.get("becomes", "").partition(":")
    edit = checked_edit({"change": field, field: value})
    is_all = form.get("all") == "yes"
    if not isinstance(edit, Correction) or not (tickets or is_all):
        message = "Choose tickets, and what they become."
        raise InvalidEditError(message)
    if len(tickets) > MOST:
        raise too_many()
    chosen = () if is_all else tuple(checked_change(each) for each in tickets)
    return BulkEdit(edit, chosen, form.get("list", ""), checked_change(form.get("expected", "")))


def too_many() -> InvalidEditError:
    """Return what is said of more tickets than are corrected at once."""
    return InvalidEditError(f"No more than {MOST} tickets are corrected at once.")


def bulk_form(search: str, total: int, categories: Sequence[tuple[str, str]], token: str) -> Element:
    """Return the form; it is shown once a row is chosen.

    Args:
        search: The list, as an address has it.
        total: How many tickets it has.
        categories: (slug, name) of the categories in use.
        token: Of the session, against forged forms.
    """
    becomes = {"": "Choose what they become"}
    becomes |= {f"category:{slug}": name for slug, name in categories}
    becomes |= {f"priority:{each}": f"{phrasing.prettified(each)} priority" for each in reversed(PRIORITIES)}
    options = [element("Option", words, value=value) for value, words in becomes.items()]
    hidden = {"csrf_token": token, "list": search, "expected": str(total)}
    parts = [element("Input", name=name, type="hidden", value=value) for name, value in hidden.items()]
    label = [element("Span", "They become", className="visually-hidden"), element("Select", options, name="becomes")]
    parts.append(element("Label", label))
    if total <= MOST:
        every = element("Input", name="all", type="checkbox", value="yes")
        parts.append(element("Label", [every, f" All {phrasing.count(total)} that match"], className="bulk-all"))
    parts.append(element("Button", "Correct", type="submit", className="plain-button", disabled=True))
    parts.append(element("Span", "", className="bulk-said", role="status"))
    # By its key it is a new form for another list, so that no box stays ticked.
    form = element(
        "Form",
        parts,
        id=FORM_ID,
        key=search,
        action=BULK_ADDRESS,
        method="post",
        className="bulk-form",
        hidden=True,
    )
    return element("Div", [form])
