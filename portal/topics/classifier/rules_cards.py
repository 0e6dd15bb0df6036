"""The tables of keywords and priority rules, and what a change of them would do."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Final

from classifier_service.rules.entries import PriorityRule
from portal.numbers import phrasing
from portal.topics.classifier import rules_conclusion as conclusion
from portal.topics.classifier.cards import table
from portal.topics.classifier.edits import KeywordEdit
from portal.topics.classifier.forms import LANGUAGES
from portal.topics.classifier.rules_dataset import KeywordEffect, Keywords, PriorityEffect
from portal.widgets.markup import Element, aria, element

NO_CATEGORIES: Final = "A keyword belongs to a category, and this desk has none of its own yet."
_PLAIN: Final = 1.0


def keywords_table(found: Keywords) -> Element:
    """Return the keywords by category and language; a weight is named where it is not 1."""
    rows = []
    for slug, name in found.names.items():
        own = sorted((each for each in found.words if each.category == slug), key=lambda each: each.language)
        for language, words in groupby(own, key=lambda each: each.language):
            listed = ", ".join(
                each.phrase if each.weight == _PLAIN else f"{each.phrase} ({each.weight:.10g})" for each in words
            )
            rows.append((name, LANGUAGES.get(language, language), listed))
    heads = ("Category", "Language", "Keywords, with their weight where it is not 1")
    return _scroller("Keywords", _plain_table(heads, rows))


def rules_table(found: Sequence[PriorityRule]) -> Element:
    """Return the priority rules in their order."""
    rows = [
        (
            each.customer_type or "any",
            each.urgency.value if each.urgency else "any",
            each.priority.value,
            each.reason,
        )
        for each in found
    ]
    return _scroller("Priority rules", _plain_table(("Customer type", "Urgency", "Priority", "Why"), rows))


def keyword_effect(edit: KeywordEdit, effect: KeywordEffect, names: Mapping[str, str]) -> list[Element]:
    """Return in which tickets a keyword stands."""
    lines = [element("P", line, className="conclusion") for line in conclusion.keyword(edit, effect, names)]
    if effect.found:
        rows = [(conclusion.named(slug, names), phrasing.count(count)) for slug, count in effect.found]
        lines.append(table(("Filed under", "Tickets with it"), rows))
    return [*lines, element("P", conclusion.keyword_note(effect), className="note")]


def priority_effect(effect: PriorityEffect) -> list[Element]:
    """Return how many tickets would get another priority."""
    lines = [element("P", conclusion.priority(effect), className="conclusion")]
    rows = [
        (f"{before or conclusion.NO_PRIORITY} → {after or conclusion.NO_PRIORITY}", phrasing.count(count))
        for before, after, count in effect.moved
    ]
    return [*lines, table(("Priority", "Tickets"), rows)] if rows else lines


def _plain_table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Element:
    head = element("Tr", [element("Th", words, scope="col") for words in heads])
    body = [
        element("Tr", [element("Th", first, scope="row"), *(element("Td", each) for each in rest)])
        for first, *rest in rows
    ]
    return element("Table", [element("Thead", head), element("Tbody", body)], className="share-table")


def _scroller(label: str, content: Element) -> Element:
    # Reached by the Tab key, so that arrow keys can move a table that is wider than its card.
    return element("Div", content, className="table-scroller", tabIndex=0, role="region", **aria(label=label))
