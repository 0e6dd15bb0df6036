"""The rules that a new desk starts with, until a manager changes them."""

import tomllib
from importlib.resources import files
from typing import Any, Final

from classifier_service.classification import Priority, Urgency
from classifier_service.rules.document import RulesDocument
from classifier_service.rules.entries import Category, Keyword, PriorityRule

_FILE: Final = "default_rules.toml"
_PLAIN_WEIGHT: Final = 1.0


def default_rules() -> RulesDocument:
    """Return the bookshop's five categories with their keywords, and the priority rules."""
    table: dict[str, Any] = tomllib.loads((files(__package__) / _FILE).read_text(encoding="utf-8"))
    return RulesDocument(
        categories=tuple(
            Category(slug, position=position, **entry)
            for position, (slug, entry) in enumerate(table["categories"].items(), start=1)
        ),
        keywords=tuple(
            Keyword(category, phrase, language, table["weights"].get(phrase, _PLAIN_WEIGHT))
            for language, phrases_of in table["keywords"].items()
            for category, phrases in phrases_of.items()
            for phrase in phrases
        ),
        priority_rules=tuple(
            PriorityRule(
                position,
                entry.get("customer_type"),
                Urgency(entry["urgency"]) if "urgency" in entry else None,
                Priority(entry["priority"]),
                entry["reason"],
            )
            for position, entry in enumerate(table["priority_rules"], start=1)
        ),
    )
