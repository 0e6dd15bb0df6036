"""Forms of keywords and priority rules: look first, then save, and turn it back."""

from collections.abc import Mapping
from typing import Final

from analytics import pages
from classifier_service.classification import Priority, Urgency
from portal.numbers import phrasing
from portal.numbers.filters import OWN
from portal.topics.classifier.forms import LANGUAGES, form
from portal.topics.classifier.rules_dataset import Keywords
from portal.widgets.markup import Element, element

KEYWORDS_ADDRESS: Final = f"{pages.CLASSIFIER}/keywords"
PRIORITIES_ADDRESS: Final = f"{pages.CLASSIFIER}/priorities"
ASKED: Final = "asked"
"""Field that says which form an address comes from."""
_LOOK: Final = "Show what this would change"
_GONE: Final = "no rule: take it away"


def keyword_form(found: Keywords, asked: Mapping[str, str], own: str) -> Element:
    """Return the form in which a keyword is asked about; it changes nothing.

    Args:
        found: Categories and keywords.
        asked: What the form held before.
        own: What the reader filters by; fields of the form have names of filters, which they are not.
    """
    return _look(
        {ASKED: "keywords", OWN: own},
        [
            _choice("Category", "category", dict(found.names), asked),
            _choice("Language", "language", dict(sorted(LANGUAGES.items(), key=_by_name)), {"language": "en", **asked}),
            _text("Word or phrase", "phrase", asked, 200, is_needed=True),
            _text("Weight (1 is plain, 10 the most; empty takes it away)", "weight", {"weight": "1", **asked}, 6),
        ],
    )


def priority_form(asked: Mapping[str, str], own: str) -> Element:
    """Return the form in which a priority rule is asked about; it changes nothing.

    Args:
        asked: What the form held before.
        own: What the reader filters by; fields of the form have names of filters, which they are not.
    """
    urgencies = {"": "any", **{each.value: phrasing.prettified(each.value) for each in reversed(Urgency)}}
    priorities = {each.value: phrasing.prettified(each.value) for each in reversed(Priority)}
    return _look(
        {ASKED: "priorities", OWN: own},
        [
            _text("Customer type (empty: any)", "customer_type", asked, 50),
            _choice("Urgency", "urgency", urgencies, asked),
            _choice("Priority", "priority", {**priorities, "": _GONE}, asked),
            _text("Why, as a ticket's page says it", "reason", asked, 500),
        ],
    )


def send_form(address: str, token: str, fields: Mapping[str, str], words: str) -> Element:
    """Return a button that carries a change out.

    Args:
        address: Where it is sent.
        token: Of the session, against forged forms.
        fields: The change.
        words: On the button.
    """
    hidden = [element("Input", name=name, type="hidden", value=value) for name, value in fields.items()]
    return form(address, token, hidden, words)


def _look(kept: Mapping[str, str], fields: list[Element]) -> Element:
    hidden = [element("Input", name=name, type="hidden", value=value) for name, value in kept.items()]
    button = element("Button", _LOOK, type="submit", className="plain-button")
    grid = element("Div", fields, className="settings-grid")
    return element("Form", [*hidden, grid, button], action=pages.CLASSIFIER, method="get", className="settings-form")


def _choice(label: str, name: str, values: Mapping[str, str], asked: Mapping[str, str]) -> Element:
    options = [element("Option", words, value=value) for value, words in values.items()]
    return _field(label, element("Select", options, name=name, defaultValue=asked.get(name, next(iter(values), ""))))


def _text(label: str, name: str, asked: Mapping[str, str], most: int, *, is_needed: bool = False) -> Element:
    shown = asked.get(name, "")
    return _field(label, element("Input", name=name, defaultValue=shown, maxLength=most, required=is_needed))


def _field(label: str, control: Element) -> Element:
    return element("Label", [element("Span", label), control], className="field")


def _by_name(item: tuple[str, str]) -> tuple[bool, str]:
    return item[0] not in {"en", "tn"}, item[1].casefold()
