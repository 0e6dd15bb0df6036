"""The rules that a new desk starts with, until a manager changes them."""

import tomllib
from collections.abc import Iterable
from dataclasses import replace
from importlib.resources import files
from typing import Any, Final

from classifier_service.classification import FALLBACK_CATEGORY, Priority, Urgency
from classifier_service.rules.document import RulesDocument
from classifier_service.rules.entries import Category, Keyword, PriorityRule

_FILE: Final = "default_rules.toml"


def default_rules() -> RulesDocument:
    """Return the bookshop's five categories with their keywords, and the priority rules."""
    table: dict[str, Any] = tomllib.loads((files(__package__) / _FILE).read_text(encoding="utf-8"))
    return RulesDocument(
        categories=tuple(
            Category(slug, position=position, **entry)
            for position, (slug, entry) in enumerate(table["categories"].items(), start=1)
        ),
        keywords=tuple(
            Keyword(category, phrase, language)
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


def rules_for(slugs: Iterable[str]) -> RulesDocument:
    """Return the first rules for a desk whose categories differ from the bookshop's.

    Args:
        slugs: The categories, for example those that a model was trained on; `general_inquiry` is added. They start
            without keywords, because the bookshop's keywords would draw tickets away from them. The bookshop's own
            five categories get the bookshop's rules.
    """
    defaults = default_rules()
    wanted = dict.fromkeys([*slugs, FALLBACK_CATEGORY])
    if set(wanted) == set(defaults.active_slugs):
        return defaults
    known = {each.slug: each for each in defaults.categories}
    listed = (known.get(slug, Category(slug, _name(slug))) for slug in wanted)
    return RulesDocument(
        categories=tuple(replace(each, position=position) for position, each in enumerate(listed, start=1)),
        priority_rules=defaults.priority_rules,
    )


def _name(slug: str) -> str:
    name = slug.replace("_", " ").strip()
    return f"{name[:1].upper()}{name[1:]}" or slug
