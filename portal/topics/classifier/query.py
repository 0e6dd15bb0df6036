"""Reads what waits for a person, and what is set of the classifier."""

from typing import Any, Final

import sqlalchemy as sa

from portal.numbers import phrasing
from portal.topics.classifier.dataset import Review, Threshold, Thresholds, Waiting
from warehouse.tables.ops import classifier_models

_SHOWN: Final = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)
_SETTINGS: Final = sa.text("select abstention_threshold, languages, wanted_template from marts.classifier_settings")
_NAMES: Final = sa.text("select slug, name from marts.category_names")
_WAITING: Final = sa.text("""
    select
        case when (reasons -> 'alternatives' -> 0 ->> 1)::float > 0
            then reasons -> 'alternatives' -> 0 ->> 0 end as category,
        count(*) as tickets
    from marts.classification_reviews
    group by 1
    order by 2 desc, 1
""")
_LATEST: Final = sa.text("select model_version from marts.ticket_predictions order by predicted_at desc limit 1")


def review(connection: sa.Connection) -> Review:
    """Return what waits for a person."""
    names = {row.slug: row.name for row in connection.execute(_NAMES)}
    waiting = tuple(
        Waiting(row.category, _name(row.category, names), row.category in names, row.tickets)
        for row in connection.execute(_WAITING)
    )
    return Review(waiting, bool(names), _settings(connection).wanted_template is not None)


def thresholds(connection: sa.Connection) -> Thresholds:
    """Return the thresholds of the model that answered last."""
    chosen = _settings(connection).abstention_threshold
    columns = classifier_models.c
    model = connection.execute(
        sa.select(columns.abstention_threshold, columns.thresholds).where(columns.version == connection.scalar(_LATEST))
    ).one_or_none()
    if model is None:
        return Thresholds(chosen, None, ())
    wanted = {*_SHOWN, round(model.abstention_threshold if chosen is None else chosen, 2)}
    return Thresholds(
        chosen,
        model.abstention_threshold,
        tuple(Threshold(**row) for row in model.thresholds if row["threshold"] in wanted),
    )


def languages(connection: sa.Connection) -> tuple[str, ...]:
    """Return the tags of the languages that are told apart."""
    return tuple(_settings(connection).languages)


def _settings(connection: sa.Connection) -> sa.Row[Any]:
    return connection.execute(_SETTINGS).one()


def _name(category: str | None, names: dict[str, str]) -> str:
    return "" if category is None else names.get(category) or phrasing.prettified(category)
