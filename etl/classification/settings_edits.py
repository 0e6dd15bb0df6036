"""Changes of what managers set of the classifier as a whole, each as one step in a transaction."""

from collections.abc import Sequence

import sqlalchemy as sa

from analytics.errors import SupportAnalyticsError
from etl.classification.category_edits import Edit
from warehouse.tables.desk import classifier_settings


class ClassifierSettingError(SupportAnalyticsError):
    """A value that a setting of the classifier cannot have."""


def set_threshold(threshold: float | None) -> Edit:
    """Return the step that sets the abstention threshold; None is the threshold of the model that serves.

    Raises:
        ClassifierSettingError: If it is not between 0 and 1.
    """
    if threshold is not None and not 0 <= threshold <= 1:
        message = "The threshold is not between 0 and 1."
        raise ClassifierSettingError(message, "For example 0.6: a ticket is filed from 60 % sure on.")

    def edit(connection: sa.Connection) -> None:
        connection.execute(sa.update(classifier_settings).values(abstention_threshold=threshold))

    return edit


def set_languages(languages: Sequence[str]) -> Edit:
    """Return the step that sets the languages that are told apart.

    Raises:
        ClassifierSettingError: If there is none.
        InvalidRulesError: If one cannot be told.
    """
    if not languages:
        message = "No language is named."
        raise ClassifierSettingError(message, "For example: --set en,tn")
    from classifier_service.signals.language import LanguageTeller  # noqa: PLC0415 - loads the languages' models

    LanguageTeller(languages)

    def edit(connection: sa.Connection) -> None:
        connection.execute(sa.update(classifier_settings).values(languages=sorted(set(languages))))

    return edit
