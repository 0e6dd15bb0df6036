"""Reads the managers' rules from the database as the document that the service uses."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final, TypeVar

import sqlalchemy as sa

from classifier_service.classification import FALLBACK_CATEGORY, Priority, Urgency
from classifier_service.errors import InvalidRulesError
from classifier_service.registry.published_rules import PublishedRules
from classifier_service.registry.signing import SigningKey
from classifier_service.registry.store import open_store
from classifier_service.rules.defaults import default_rules
from classifier_service.rules.document import RulesDocument
from classifier_service.rules.entries import MAX_POSITION, Category, Keyword, PriorityRule
from classifier_service.settings import RegistrySettings
from warehouse.tables.desk import categories, category_keywords, classifier_settings, priority_rules

_ABSTENTION: Final = Category(
    FALLBACK_CATEGORY,
    "Not decided",
    "Nothing was sure enough: a person looks at the ticket.",
    MAX_POSITION,
    is_suggested=True,
)
"""What the contract calls an abstention, for desks that have no such category."""

Word = TypeVar("Word", Urgency, Priority)


def desk_rules(connection: sa.Connection) -> RulesDocument:
    """Return the rules of the desk: categories, keywords, priority rules, languages, threshold.

    While the desk has no category of its own, those of the bookshop's template stand there as suggestions.

    Raises:
        InvalidRulesError: If the rules contradict one another; the message names the entry.
    """
    listed, keywords, rules = (
        connection.execute(sa.select(table)).all() for table in (categories, category_keywords, priority_rules)
    )
    settings = connection.execute(sa.select(classifier_settings)).one()
    named, words = _own(listed, keywords) if listed else _suggested()
    return RulesDocument(
        categories=named,
        keywords=words,
        priority_rules=tuple(
            PriorityRule(
                row.position,
                row.customer_type,
                _word(row.urgency, Urgency) if row.urgency is not None else None,
                _word(row.priority, Priority),
                row.reason,
            )
            for row in rules
        ),
        languages=tuple(settings.languages),
        abstention_threshold=settings.abstention_threshold,
    )


def _own(
    listed: Sequence[sa.Row[Any]], keywords: Sequence[sa.Row[Any]]
) -> tuple[tuple[Category, ...], tuple[Keyword, ...]]:
    """Return the desk's own categories; those of a template that nobody has described have the template's words."""
    described = {(each.slug, each.name): each.description for each in default_rules().categories}
    own = tuple(
        Category(
            row.slug,
            row.name,
            row.description or described.get((row.slug, row.name), ""),
            row.position,
            is_active=row.is_active,
        )
        for row in listed
    )
    if all(each.slug != FALLBACK_CATEGORY for each in own):
        own = (*own, _ABSTENTION)
    return own, tuple(Keyword(row.category, row.phrase, row.language, row.weight) for row in keywords)


def _suggested() -> tuple[tuple[Category, ...], tuple[Keyword, ...]]:
    template = default_rules()
    return tuple(replace(each, is_suggested=True) for each in template.categories), template.keywords


def published_rules(settings: RegistrySettings) -> PublishedRules:
    """Return the rules of the registry that the settings name.

    This opens no model, so that a process which only publishes rules needs little memory.

    Raises:
        SettingsError: If the signing key is too short to be one.
        RegistryError: If the address cannot be used.
    """
    return PublishedRules(open_store(settings.url), SigningKey.named_by(settings))


def _word(text: str, kind: type[Word]) -> Word:
    try:
        return kind(text)
    except ValueError as error:
        message = f"A priority rule says {text!r}, which is no {kind.__name__.lower()}."
        raise InvalidRulesError(message, f"Write one of: {', '.join(kind)}.") from error
