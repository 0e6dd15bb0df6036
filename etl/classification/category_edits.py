"""Changes of categories and keywords, each as one step in a transaction."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from analytics.errors import SupportAnalyticsError
from classifier_service.rules.entries import Category, Keyword
from warehouse.tables.desk import categories, category_keywords

Edit = Callable[[sa.Connection], None]


class CategoryError(SupportAnalyticsError):
    """A category or keyword does not exist, or exists already."""


def add_category(slug: str, name: str, description: str) -> Edit:
    """Return the step that adds a category at the end of the list.

    Raises:
        InvalidRulesError: If a text is too long or empty.
    """
    Category(slug, name, description)

    def edit(connection: sa.Connection) -> None:
        if _exists(connection, slug):
            message = f"There is a category {slug!r} already."
            raise CategoryError(message, "Change it with: support-analytics classifier categories edit")
        last = sa.select(sa.func.coalesce(sa.func.max(categories.c.position), 0) + 1).scalar_subquery()
        connection.execute(
            sa.insert(categories).values(slug=slug, name=name, description=description, position=last, is_active=True)
        )

    return edit


def edit_category(slug: str, values: Mapping[str, Any]) -> Edit:
    """Return the step that changes a category; tickets filed under the category stay there.

    Args:
        slug: The category to change.
        values: New values by column.
    """

    def edit(connection: sa.Connection) -> None:
        _require(connection, slug)
        if values:
            connection.execute(sa.update(categories).where(categories.c.slug == slug).values(dict(values)))

    return edit


def change_keywords(slug: str, added: Sequence[Keyword], removed: Sequence[Keyword]) -> Edit:
    """Return the step that adds keywords and removes others; an existing keyword gets the new weight."""

    def edit(connection: sa.Connection) -> None:
        _require(connection, slug)
        for keyword in removed:
            _remove(connection, keyword)
        for keyword in added:
            _remove(connection, keyword, missing_is_fine=True)
            connection.execute(
                sa.insert(category_keywords).values(
                    category=slug, language=keyword.language, phrase=keyword.phrase, weight=keyword.weight
                )
            )

    return edit


def _remove(connection: sa.Connection, keyword: Keyword, *, missing_is_fine: bool = False) -> None:
    columns = category_keywords.c
    gone = connection.execute(
        sa.delete(category_keywords).where(
            columns.category == keyword.category,
            columns.language == keyword.language,
            sa.func.lower(columns.phrase) == keyword.phrase,
        )
    ).rowcount
    if not gone and not missing_is_fine:
        message = f"{keyword.phrase!r} is no keyword of {keyword.category!r} in the language {keyword.language!r}."
        raise CategoryError(message, "See: support-analytics classifier categories list")


def _exists(connection: sa.Connection, slug: str) -> bool:
    return bool(connection.scalar(sa.select(sa.exists().where(categories.c.slug == slug))))


def _require(connection: sa.Connection, slug: str) -> None:
    if not _exists(connection, slug):
        message = f"There is no category {slug!r}."
        raise CategoryError(message, "See: support-analytics classifier categories list")
