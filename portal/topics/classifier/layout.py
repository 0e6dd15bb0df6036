"""The cards of the Classifier page without numbers."""

from dash import html
from dash.development.base_component import Component

from portal.topics.classifier import ids
from portal.widgets.chart_card import block_card
from portal.widgets.definition import explanation

_REVIEW = (
    "Where nothing is sure enough, a ticket gets no category. It waits here until a person files it.",
    (
        "A desk without categories of its own is shown what the bookshop's template would say. Nothing is filed by it"
        " until a manager takes it."
    ),
)
_THRESHOLD = (
    "How sure the classifier has to be to file a ticket. Higher: fewer tickets are filed, and more of them rightly.",
    "A fifth of your labelled tickets was kept from the model and then shown to it; the table says what it made of it.",
)
_LANGUAGES = ("The language of a ticket is told among these. The fewer there are, the surer it is told.",)
_KEYWORDS = (
    "A keyword found in a ticket makes its category likelier: weight 1 about three times, weight 3 about twenty times.",
    "English and Setswana words are found with their endings.",
)
_PRIORITIES = (
    "Of the rules that match a ticket, the first decides its priority. A new rule goes before the others.",
    "A priority that a person or an import has set stays.",
)


def layout() -> Component:
    """Return the page without numbers."""
    cards = [
        block_card(
            ids.REVIEW, "Waiting for a person", explanation("What waits", "Waiting", _REVIEW), 110, place="span-12"
        ),
        block_card(
            ids.THRESHOLD,
            "How sure it has to be",
            explanation("What the threshold does", "How sure it has to be", _THRESHOLD),
            240,
            place="span-7",
        ),
        block_card(
            ids.LANGUAGES,
            "Languages",
            explanation("Which languages are told apart", "Languages", _LANGUAGES),
            240,
            place="span-5",
        ),
        block_card(
            ids.KEYWORDS, "Keywords", explanation("What keywords do", "Keywords", _KEYWORDS), 240, place="span-12"
        ),
        block_card(
            ids.PRIORITIES,
            "Priority rules",
            explanation("How a ticket gets its priority", "Priority rules", _PRIORITIES),
            240,
            place="span-12",
        ),
    ]
    return html.Div([html.Div(id=ids.TOLD), html.Div(cards, className="page-grid")])
