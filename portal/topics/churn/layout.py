"""The cards of the Churn page without numbers. Each has its height from the start, so that nothing jumps."""

from dash.development.base_component import Component

from portal.topics.churn import ids
from portal.widgets.chart_card import block_card, columns
from portal.widgets.definition import explanation

_PAIN_POINTS = (
    (
        "For everything a customer may live through, and every category, the departures in the 180"
        " days after it are held"
        " against those of customers of the same type who wrote as often, had the same other experiences, but did not"
        " live through it."
    ),
    (
        "Named are those whose likely range (the 95\u202f% interval) lies above 1, also with all of them together"
        " looked at. Most costly first."
    ),
    "A ticket can be late, escalated and badly rated at once, so the numbers of departures overlap and do not add up.",
)
_HAZARDS = (
    (
        "Late: a first reply or a solution after its SLA target. Each of the three with all other"
        " experiences held equal, so that a"
        " late and badly rated ticket is not counted for both."
    ),
    (
        "Likely ranges are 95\u202f% intervals. They come from the profile likelihood, which holds for few departures"
        " too, and are rounded outward."
    ),
)
_CUSTOMERS = (
    "Only the history of support is known here. Customers who never write are not in the list.",
    "The reasons are what raises this customer's score most against a usual customer's.",
)
_TRUST = (
    (
        "The model learns from earlier months only. It then says chances for later ones, and those"
        " are compared with what"
        " came. Where what was said and what came agree in every tenth, the chances can be taken at their word."
    ),
    (
        "Leavers told from stayers: how often a leaver had the higher chance of the two (the area under the curve);"
        " 0.5 is a guess, 1 is always. How far off: the log loss of what was said, smaller is better."
    ),
    (
        "Few leave in any three months, so even the highest chances are low. The list is for calls, not"
        " for writing people off."
    ),
)


def layout() -> Component:
    """Return the page without numbers."""
    pain_points = explanation("How pain points are found", "Pain points", _PAIN_POINTS)
    hazards = explanation("How the three are told apart", "Late, badly rated, unresolved", _HAZARDS)
    customers = explanation("What the list is", "Whom to call first", _CUSTOMERS)
    trust = explanation("How the chances are tested", "How far to trust them", _TRUST)
    return columns(
        [
            block_card(ids.PAIN_POINTS, "What customers who left had lived through", pain_points, 420),
            block_card(ids.CUSTOMERS, "Whom to call first", customers, 420),
        ],
        [
            block_card(ids.HAZARDS, "Late, badly rated, unresolved", hazards, 240),
            block_card(ids.TRUST, "How far to trust the chances", trust, 420),
        ],
    )
