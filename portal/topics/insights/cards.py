"""The cards of the Insights page."""

from portal.numbers import phrasing
from portal.topics.insights import conclusion as insights_say
from portal.topics.insights.dataset import Insights
from portal.topics.insights.list import gap_list, insight_list
from portal.widgets.chart_card import block_body, empty_body
from portal.widgets.markup import Element


def insights_block(dataset: Insights) -> list[Element]:
    """Return what is said; or why nothing is."""
    if dataset.first is None or dataset.last is None:
        return empty_body(
            "Nothing has been looked at yet.",
            "It is done every night; to do it now, run: support-analytics etl run write_insights",
        )
    if not dataset.rows:
        return empty_body(
            f"Of {phrasing.plural(dataset.looked_at, 'comparison')} none is clear enough to be said."
            if dataset.looked_at
            else "There was nothing to compare yet.",
            "With more tickets more becomes clear.",
        )
    days = f"{phrasing.day(dataset.first, with_year=True)} to {phrasing.day(dataset.last, with_year=True)}"
    note = f"Tickets created {days}; seasons and odd days from the whole history."
    return block_body(insights_say.insights(dataset), insight_list(dataset.rows), note)


def gaps_block(dataset: Insights) -> list[Element]:
    """Return what is missing; or that nothing is."""
    if dataset.first is None:
        return empty_body("It is not known yet what is missing.")
    if not dataset.gaps:
        return empty_body("Nothing is missing: everything that is looked at has the data it needs.")
    return [gap_list(dataset.gaps)]
