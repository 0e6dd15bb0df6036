"""The tables of the Classifier page."""

from collections.abc import Sequence

from portal.numbers import phrasing
from portal.topics.classifier import conclusion
from portal.topics.classifier.dataset import Review, Threshold, Thresholds
from portal.widgets.chart_card import empty_body
from portal.widgets.markup import Element, element


def review_block(found: Review) -> list[Element]:
    """Return what waits for a person, by likeliest category."""
    lines = [element("P", conclusion.review(found), className="conclusion")]
    if found.is_template_wanted:
        lines.append(element("P", "The template is being taken. This takes about a minute.", className="notice"))
    if not found.waiting:
        return lines
    rows = [
        (
            each.name or conclusion.NOBODY_KNOWS,
            phrasing.count(each.tickets),
            "" if each.category is None or each.is_own else "suggested by the bookshop's template",
        )
        for each in found.waiting
    ]
    return [*lines, table(("Likeliest category", "Tickets", ""), rows)]


def thresholds_block(found: Thresholds) -> list[Element]:
    """Return what each threshold would cost."""
    if not found.rows:
        return empty_body(conclusion.NOT_LEARNT, conclusion.HOW_TO_LEARN)
    if not found.is_measured:
        return [element("P", conclusion.thresholds(found), className="conclusion")]
    present = None if found.present is None else round(found.present, 2)
    rows = [_threshold_cells(row, is_present=row.threshold == present) for row in found.rows]
    return [
        element("P", conclusion.thresholds(found), className="conclusion"),
        table(("Filed from", "Filed", "Rightly", "Left to people"), rows),
        element("P", conclusion.tried(found), className="note"),
    ]


def _threshold_cells(row: Threshold, *, is_present: bool) -> tuple[str, ...]:
    right = phrasing.percent(row.right / row.answered, row.answered) if row.answered else phrasing.NOTHING
    return (
        f"{phrasing.percent(row.threshold)} sure{' (now)' if is_present else ''}",
        phrasing.percent(row.answered / row.tickets, row.tickets),
        right,
        phrasing.percent(1 - row.answered / row.tickets, row.tickets),
    )


def table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Element:
    """Return a table; its first column names the rows."""
    head = element("Tr", [element("Th", words, scope="col") for words in heads])
    body = [
        element("Tr", [element("Th", first, scope="row"), *(element("Td", each, className="number") for each in rest)])
        for first, *rest in rows
    ]
    return element("Table", [element("Thead", head), element("Tbody", body)], className="share-table")
