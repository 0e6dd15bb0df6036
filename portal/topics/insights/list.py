"""Insights one below the other: what, how much, how sure, what to do, and the way to the tickets."""

from portal.numbers import phrasing
from portal.topics.insights import conclusion as says
from portal.topics.insights.dataset import GapRow, InsightRow
from portal.widgets.markup import Element, element


def insight_list(rows: tuple[InsightRow, ...]) -> Element:
    """Return the insights in their order."""
    return element("Ol", [_item(row) for row in rows], className="insight-list")


def _item(row: InsightRow) -> Element:
    told = says.insight(row)
    since = f"Said since {phrasing.day(row.first_said, with_year=True)}"
    effect = f"Effect {says.size(row.effect)}; likely {says.interval(row.effect)}"
    facts = f"{effect}, n {phrasing.count(row.n)}. {since}."
    action = [element("P", told.action, className="insight-action")] if told.action else []
    return element(
        "Li",
        [
            element("P", says.heading(row.topic), className="insight-topic"),
            element("A", told.title, href=row.href, className="insight-title"),
            element("P", told.detail, className="insight-detail"),
            *action,
            element("P", facts, className="insight-facts"),
        ],
        className=f"insight-item {row.tone}",
    )


def gap_list(rows: tuple[GapRow, ...]) -> Element:
    """Return what could not be said, with what to do about it."""
    items = [
        element("Li", [element("Strong", says.heading(row.topic)), f": {says.gap(row)}"], className="gap-item")
        for row in rows
    ]
    return element("Ul", items, className="gap-list")
