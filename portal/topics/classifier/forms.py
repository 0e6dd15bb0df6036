"""What a manager may change on the Classifier page."""

from collections.abc import Sequence
from typing import Final

from analytics import pages
from portal.topics.classifier.dataset import Thresholds
from portal.widgets.markup import Element, element

TEMPLATE_ADDRESS: Final = f"{pages.CLASSIFIER}/template"
THRESHOLD_ADDRESS: Final = f"{pages.CLASSIFIER}/threshold"
LANGUAGES_ADDRESS: Final = f"{pages.CLASSIFIER}/languages"
LANGUAGES: Final = {
    "af": "Afrikaans",
    "ar": "Arabic",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "nl": "Dutch",
    "pt": "Portuguese",
    "sn": "Shona",
    "st": "Sesotho",
    "sw": "Swahili",
    "tn": "Setswana",
    "ts": "Xitsonga",
    "xh": "isiXhosa",
    "zu": "isiZulu",
}
"""Languages that the service can tell, by tag."""


def template_form(token: str) -> Element:
    """Return the button that takes the template.

    Args:
        token: Of the session, against forged forms.
    """
    return form(
        TEMPLATE_ADDRESS,
        token,
        [element("Input", name="template", type="hidden", value="bookshop")],
        "Take the bookshop's categories, and file by them",
    )


def threshold_form(found: Thresholds, token: str) -> Element:
    """Return the form of the threshold, in per cent; empty leaves it to the model."""
    shown = "" if found.chosen is None else f"{100 * found.chosen:.10g}"
    control = element("Input", name="threshold", type="number", defaultValue=shown, min=0, max=100, step=1)
    unit = element("Small", "% sure; empty: as the model chose it")
    field = element(
        "Label",
        [element("Span", "File a ticket from"), element("Span", [control, unit], className="with-unit")],
        className="field",
    )
    return form(THRESHOLD_ADDRESS, token, [field], "Save, and look at every ticket again")


def languages_form(chosen: Sequence[str], token: str) -> Element:
    """Return the form of the languages."""
    ticks = [
        element(
            "Label",
            [
                element("Input", name="language", type="checkbox", value=tag, defaultChecked=tag in chosen),
                element("Span", name),
            ],
            className="field is-tick",
        )
        for tag, name in sorted(LANGUAGES.items(), key=lambda item: (item[0] not in chosen, item[1].casefold()))
    ]
    return form(
        LANGUAGES_ADDRESS,
        token,
        [element("Div", ticks, className="tick-grid")],
        "Save, and look at every ticket again",
    )


def form(address: str, token: str, fields: list[Element], words: str) -> Element:
    """Return a form with its button.

    Args:
        address: Where it is sent.
        token: Of the session, against forged forms.
        fields: What is in it.
        words: On the button.
    """
    return element(
        "Form",
        [
            element("Input", name="csrf_token", type="hidden", value=token),
            *fields,
            element("Button", words, type="submit", className="plain-button"),
        ],
        action=address,
        method="post",
        className="settings-form",
    )
