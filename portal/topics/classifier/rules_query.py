"""Reads keywords and priority rules for managers, and what a change of them would do."""

from collections import Counter
from typing import Final

import sqlalchemy as sa

from classifier_service.classification import Priority, Urgency
from classifier_service.rules.entries import Keyword, PriorityRule
from classifier_service.rules.inflections import phrase_forms
from classifier_service.rules.phrases import PhraseMatcher
from classifier_service.rules.priorities import PriorityRules
from classifier_service.words import clean_text, words_of
from portal.topics.classifier.edits import KeywordEdit, PriorityEdit, changed
from portal.topics.classifier.rules_dataset import KeywordEffect, Keywords, PriorityEffect
from warehouse.tables.desk import categories, category_keywords, priority_rules

LOOKED_AT: Final = 2_000
"""Newest filed tickets in which a keyword is looked for: more would keep a manager waiting."""
_FILED: Final = sa.text("""
    select category, left(subject, 1000) || E'\\n' || left(content, 20000) as told
    from support.support_tickets
    where category is not null and category_source in ('person', 'imported') and exclusion is null
    order by created_at desc, id desc
    limit :most
""")
_WAITING: Final = sa.text("""
    select left(ticket.subject, 1000) || E'\\n' || left(ticket.content, 20000) as told
    from marts.classification_reviews as review
    inner join support.support_tickets as ticket on review.ticket_id = ticket.id
    order by review.created_at desc, review.ticket_id desc
    limit :most
""")
_OPEN: Final = sa.text("""
    select ticket.customer_type, latest.urgency, count(*) as tickets
    from support.support_tickets as ticket
    inner join lateral (
        select prediction.urgency
        from marts.ticket_predictions as prediction
        where prediction.ticket_id = ticket.id
        order by prediction.predicted_at desc, prediction.id desc
        limit 1
    ) as latest on true
    where ticket.priority_source in ('default', 'rules', 'model') and latest.urgency is not null
    group by 1, 2
""")


def keywords(connection: sa.Connection) -> Keywords:
    """Return the desk's categories and keywords."""
    columns = category_keywords.c
    named = connection.execute(
        sa.select(categories.c.slug, categories.c.name).order_by(categories.c.position, categories.c.slug)
    )
    words = connection.execute(sa.select(category_keywords).order_by(columns.language, columns.phrase))
    return Keywords(
        {row.slug: row.name for row in named},
        tuple(Keyword(row.category, row.phrase, row.language, row.weight) for row in words),
    )


def keyword_effect(connection: sa.Connection, edit: KeywordEdit) -> KeywordEffect:
    """Return in which tickets a keyword stands: of those that people or an import filed, and of those that wait."""
    word = edit.keyword
    matcher = PhraseMatcher((form, 0) for form in phrase_forms(word.words, word.language))
    filed = connection.execute(_FILED, {"most": LOOKED_AT}).all()
    waiting = connection.execute(_WAITING, {"most": LOOKED_AT}).all()
    found = Counter(row.category for row in filed if _has(matcher, row.told))
    return KeywordEffect(
        looked_at=len(filed),
        found=tuple(found.most_common()),
        waiting=len(waiting),
        waiting_found=sum(_has(matcher, row.told) for row in waiting),
    )


def rules(connection: sa.Connection) -> tuple[PriorityRule, ...]:
    """Return the priority rules in their order."""
    found = connection.execute(sa.select(priority_rules).order_by(priority_rules.c.position)).all()
    return tuple(
        PriorityRule(
            row.position,
            row.customer_type,
            Urgency(row.urgency) if row.urgency else None,
            Priority(row.priority),
            row.reason,
        )
        for row in found
    )


def priority_effect(connection: sa.Connection, edit: PriorityEdit) -> PriorityEffect:
    """Return how many tickets get another priority by a change; those whose priority a person or an import set stay."""
    before = rules(connection)
    old, new = PriorityRules(before), PriorityRules(changed(before, edit))
    moved: Counter[tuple[str | None, str | None]] = Counter()
    total = 0
    for row in connection.execute(_OPEN):
        urgency = Urgency(row.urgency)
        was, becomes = (_said(each.deciding(row.customer_type, urgency)) for each in (old, new))
        total += row.tickets
        if was != becomes:
            moved[was, becomes] += row.tickets
    return PriorityEffect(total, tuple((*pair, count) for pair, count in moved.most_common()))


def _has(matcher: PhraseMatcher, text: str) -> bool:
    return matcher.finds(words_of(clean_text(text)))


def _said(rule: PriorityRule | None) -> str | None:
    return None if rule is None else rule.priority.value
