"""Reads the managers' rules from the database as the document that the service uses."""

from typing import TypeVar

import sqlalchemy as sa

from classifier_service.classification import Priority, Urgency
from classifier_service.errors import InvalidRulesError
from classifier_service.registry.published_rules import PublishedRules
from classifier_service.registry.signing import SigningKey
from classifier_service.registry.store import open_store
from classifier_service.rules.document import RulesDocument
from classifier_service.rules.entries import Category, Keyword, PriorityRule
from classifier_service.settings import RegistrySettings
from warehouse.tables.desk import categories, category_keywords, priority_rules

Word = TypeVar("Word", Urgency, Priority)


def desk_rules(connection: sa.Connection) -> RulesDocument:
    """Return the categories, keywords and priority rules of the desk.

    Raises:
        InvalidRulesError: If the rules contradict one another; the message names the entry.
    """
    listed, keywords, rules = (
        connection.execute(sa.select(table)).all() for table in (categories, category_keywords, priority_rules)
    )
    return RulesDocument(
        categories=tuple(
            Category(row.slug, row.name, row.description, row.position, is_active=row.is_active) for row in listed
        ),
        keywords=tuple(Keyword(row.category, row.phrase, row.language, row.weight) for row in keywords),
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
    )


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
