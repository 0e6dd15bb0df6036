"""The cards of the Resolution page without numbers. Each has its height from the start, so that nothing jumps."""

from dash import html
from dash.development.base_component import Component

from analytics.metrics import METRICS
from portal.topics.resolution import ids
from portal.topics.resolution.figure import COHORT_HEIGHT, DISTRIBUTION_HEIGHT, TREND_HEIGHT
from portal.widgets.chart_card import block_card, chart_card
from portal.widgets.definition import explanation

_COHORTS = (
    (
        "The time of a ticket that is still open is not known yet, only that it is longer than its age. Looking at "
        "solved tickets alone leaves the slow ones out, so the desk seems faster than it is."
    ),
    (
        "The blue line counts every ticket created in the month: an open one counts for as long as it has been open "
        "(the Kaplan-Meier estimate). Where fewer than half are solved so far, no median can be given, and the line "
        "stops."
    ),
    "The grey line is the median of the tickets resolved in the month, whenever they were created.",
)


def layout() -> Component:
    """Return the page without numbers."""
    measured = explanation(
        "What the three waits are",
        "What is measured",
        tuple(
            f"{METRICS[slug].label}: {METRICS[slug].definition}"
            for slug in ("resolution_time", "first_reply_time", "next_reply_time")
        ),
    )
    return html.Div(
        [
            html.Div(id=ids.CHOICES, className="choice-bar"),
            html.Div(id=ids.SUMMARY, className="kpi-row kpi-row-short"),
            html.Div(
                [
                    chart_card(ids.DISTRIBUTION, "How long it takes", measured, DISTRIBUTION_HEIGHT, place="span-6"),
                    chart_card(ids.TREND, "Over time", measured, TREND_HEIGHT, place="span-6"),
                    block_card(ids.MATRIX, "By category and priority", measured, 240, place="span-12"),
                    chart_card(
                        ids.COHORTS,
                        "Resolution time with open tickets counted",
                        explanation("Why open tickets count", "Why open tickets count", _COHORTS),
                        COHORT_HEIGHT,
                        place="span-12",
                    ),
                ],
                className="page-grid",
            ),
        ]
    )
