"""Changes of keywords and priority rules; the job publish_rules carries them out."""

from typing import NoReturn

import sqlalchemy as sa

from portal.topics.classifier.edits import ClassifierFormError, KeywordEdit, PriorityEdit, matches
from portal.topics.classifier.rules_query import rules
from warehouse.audit_log import record
from warehouse.tables.desk import categories, category_keywords, priority_rules


def change_keyword(connection: sa.Connection, actor: str, edit: KeywordEdit) -> KeywordEdit:
    """Add a keyword, change its weight, or take it away; return the change that turns this back.

    Raises:
        ClassifierFormError: If there is no such category, or nothing to take away.
    """
    word, columns = edit.keyword, category_keywords.c
    if not connection.scalar(sa.select(sa.exists().where(categories.c.slug == word.category))):
        _refuse("There is no such category.")
    same = sa.and_(
        columns.category == word.category,
        columns.language == word.language,
        sa.func.lower(columns.phrase) == word.phrase,
    )
    before = connection.scalar(sa.delete(category_keywords).where(same).returning(columns.weight))
    if edit.is_gone and before is None:
        _refuse(f"{word.phrase!r} is no keyword of this category in this language.")
    if not edit.is_gone:
        row = {"category": word.category, "language": word.language, "phrase": word.phrase, "weight": word.weight}
        connection.execute(sa.insert(category_keywords).values(row))
    record(connection, actor, "change rules", "keywords", edit.fields())
    return edit.to(before)


def change_priority_rule(connection: sa.Connection, actor: str, edit: PriorityEdit) -> PriorityEdit:
    """Add a priority rule before all others, change it, or take it away; return the change that turns this back.

    Raises:
        ClassifierFormError: If there is nothing to take away.
    """
    listed, columns = rules(connection), priority_rules.c
    before = next((each for each in listed if matches(each, edit.rule)), None)
    said = {"priority": edit.rule.priority.value, "reason": edit.rule.reason}
    if before is not None:
        there = columns.position == before.position
        connection.execute(
            sa.delete(priority_rules).where(there)
            if edit.is_gone
            else sa.update(priority_rules).where(there).values(said)
        )
    elif edit.is_gone:
        _refuse("There is no rule for these tickets.")
    else:
        first = min((each.position for each in listed), default=1) - 1
        is_free = edit.is_placed and edit.rule.position not in {each.position for each in listed}
        added = edit.rule.position if is_free else first
        urgency = edit.rule.urgency.value if edit.rule.urgency else None
        whom = {"customer_type": edit.rule.customer_type, "urgency": urgency, "position": added}
        connection.execute(sa.insert(priority_rules).values(said | whom))
    record(connection, actor, "change rules", "priority rules", edit.fields())
    return PriorityEdit(before or edit.rule, is_gone=before is None, is_placed=before is not None)


def _refuse(message: str) -> NoReturn:
    raise ClassifierFormError(message, "Nothing was changed. Go back and correct it.")
