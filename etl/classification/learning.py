"""When the desk has categories to learn, and what became of the models that learnt them."""

from collections.abc import Collection
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from etl.running.sql import read_sql
from warehouse.tables.desk import categories
from warehouse.tables.ops import classifier_models

if TYPE_CHECKING:
    from classifier_service.registry.model_card import ModelCard  # brings numpy

LEAST_LABELLED: Final = 20
"""Tickets that a category needs before it is learnt without waiting for the weekly training."""
_LEAST_CATEGORIES: Final = 2


def labelled_categories(connection: sa.Connection, known: Collection[str] = ()) -> list[str]:
    """Return the categories with enough labelled tickets, sorted.

    Args:
        connection: In the role `etl_writer`.
        known: Categories that are left out. This is asked every minute, and few categories are looked at then.
    """
    slugs = sorted(set(connection.scalars(sa.select(categories.c.slug))) - set(known))
    if not slugs:
        return []
    statement = sa.text(read_sql("classification/sql/labelled_categories.sql"))
    return sorted(connection.scalars(statement, {"categories": slugs, "least": LEAST_LABELLED}))


def has_new_categories(connection: sa.Connection) -> bool:
    """Say whether two or more categories can be learnt, of which one was not there at the latest training."""
    latest = sa.select(classifier_models.c.labelled_categories).order_by(classifier_models.c.trained_at.desc()).limit(1)
    known = connection.scalar(latest) or []
    found = labelled_categories(connection, known)
    return bool(found) and len({*known, *found}) >= _LEAST_CATEGORIES


def keep_model(connection: sa.Connection, card: "ModelCard", *, is_promoted: bool) -> None:
    """Keep the figures of a model that was trained on the desk's own tickets, for the page and the next training."""
    connection.execute(
        sa.insert(classifier_models).values(
            version=card.version,
            trained_at=card.trained_at,
            training_count=card.training_rows,
            held_out_count=card.held_out_rows,
            abstention_threshold=card.abstention_threshold,
            labelled_categories=labelled_categories(connection),
            thresholds=[asdict(row) for row in card.thresholds],
            is_promoted=is_promoted,
        )
    )
