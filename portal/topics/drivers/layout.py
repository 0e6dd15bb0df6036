"""The cards of the Drivers page without numbers. Each has its height from the start, so that nothing jumps."""

from dash.development.base_component import Component

from portal.topics.drivers import ids
from portal.widgets.chart_card import block_card, columns
from portal.widgets.definition import explanation

_EFFECTS = (
    (
        "Each row is what goes with one more of something while everything else that is recorded"
        " stays the same: category,"
        " priority, channel, customer type and agent. For times, one more is twice as long. While a row is worked"
        " out, the other times may count more or less the longer they are."
    ),
    (
        "The likely range (95\u202f% interval) holds the true number in 95 of 100 such analyses. A row is told only if"
        " it leaves out no effect, and if it still would with all rows together looked at."
    ),
    (
        "In the table: 4s and 5s for each lower rating is the odds of a 4 or 5, and better for each worse rating the"
        " odds of any better one. Each is times what it would be without the row's change."
    ),
    "It is an association. To know a cause, change one thing for half of the tickets and compare.",
)
_SHARES = (
    (
        "How much of the differences between ratings goes with each thing. Things overlap, so each"
        " one's share is averaged"
        " over every order in which they could be counted. What cannot be told from chance is left out."
    ),
    "Much of what moves a rating is not recorded anywhere, so the shares do not add up to 100\u202f%.",
)
_CORRELATIONS = (
    (
        "Straight line: Pearson's correlation, how close two things are to a line. In order: Spearman's, of ranks, only"
        " whether one rises with the other."
    ),
    "Nothing is held equal: two things may go together because both go with a third, such as the category.",
)
_RESPONSE = (
    (
        "Only those who answer a survey are heard. Where some kinds of customers answer more, an average"
        " speaks more for them."
    ),
    (
        "What goes with ratings is less touched by this than their level, as long as answering does not"
        " hang on the rating."
    ),
)


def layout() -> Component:
    """Return the page without numbers."""
    effects = explanation("How effects are worked out", "What goes with ratings", _EFFECTS)
    shares = explanation("What shares are", "Shares", _SHARES)
    correlations = explanation("What correlations are", "Correlations", _CORRELATIONS)
    response = explanation("Why it matters who answers", "Who answers", _RESPONSE)
    return columns(
        [
            block_card(ids.EFFECTS, "What goes with good and bad ratings", effects, 420),
            block_card(ids.CORRELATIONS, "What rises and falls together", correlations, 320),
        ],
        [
            block_card(ids.SHARES, "How much goes with what", shares, 330),
            block_card(ids.RESPONSE, "Who answers surveys", response, 320),
        ],
    )
