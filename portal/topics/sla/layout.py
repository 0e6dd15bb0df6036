"""The cards of the SLA page without numbers. Each has its height from the start, so that nothing jumps."""

from dash import html
from dash.development.base_component import Component

from analytics.metrics import METRICS
from portal.topics.sla import ids
from portal.topics.sla.figure import TREND_HEIGHT
from portal.widgets.chart_card import block_card, chart_card
from portal.widgets.definition import definition, explanation

_DUE = (
    (
        "Open tickets with a target that falls due from the latest refresh until 10:00 of the next day, by the desk's "
        "clock. Each ticket stands once, where the next of its targets falls due."
    ),
    (
        "They are those that “Needs attention” on the Overview counts. What is overdue already is not among them, "
        "unless another of its targets is yet to fall due."
    ),
)
_REPLAY = (
    (
        "The tickets whose last target ended in the last 90 days, derived anew as if the policy had held for all time. "
        "It is done by what derives all tickets, so that saving it gives the same numbers. Nothing changes until it is "
        "saved."
    ),
    "A policy that is saved from now on leaves what was judged. For all time, everything is judged anew.",
)
_CARDS = 6


def layout() -> Component:
    """Return the page without numbers."""
    due = explanation("What about to be missed means", "About to be missed", _DUE)
    kept = definition(METRICS["sla_tickets_met"])
    skeletons = [html.Div(className="kpi-card surface skeleton") for _ in range(_CARDS)]
    split = block_card(ids.SPLIT, "Who and when", kept, 260, place="span-12")
    replay = explanation("What a replay is", "Replay", _REPLAY)
    return html.Div(
        [
            html.Div(id=ids.SAID, className="sla-head"),
            html.Div(skeletons, id=ids.CARDS, className="kpi-row"),
            html.Div(
                [
                    block_card(ids.DUE, "About to be missed", due, TREND_HEIGHT, place="span-7"),
                    chart_card(ids.TREND, "Kept over time", kept, TREND_HEIGHT, place="span-5"),
                    html.Div(id=ids.CHOICES, className="choice-bar span-12"),
                    split,
                    block_card(ids.REPLAY, "Would another promise do better?", replay, 200, place="span-12"),
                ],
                className="page-grid",
            ),
        ]
    )
