"""Changes of what managers set of the classifier; the job publish_rules carries them out."""

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

from portal.topics.classifier.edits import ClassifierFormError
from portal.topics.classifier.forms import LANGUAGES
from warehouse.audit_log import record
from warehouse.tables.desk import classifier_settings

_TEMPLATES: Final = ("bookshop",)
_WHOLE: Final = 100


def want_template(connection: sa.Connection, actor: str, name: str) -> None:
    """Let the desk file by a template.

    Raises:
        ClassifierFormError: If there is no such template.
    """
    if name not in _TEMPLATES:
        message = "There is no such template."
        raise ClassifierFormError(message)
    _set(connection, actor, {"wanted_template": name})


def set_threshold(connection: sa.Connection, actor: str, text: str) -> None:
    """Set how sure the classifier has to be, in per cent; "" leaves it to the model.

    Raises:
        ClassifierFormError: If it is no number from 0 to 100.
    """
    try:
        share = float(text.strip().replace(",", ".")) / _WHOLE if text.strip() else None
    except ValueError:
        share = float("nan")
    if share is not None and not 0 <= share <= 1:
        message = "The threshold has to be a number from 0 to 100."
        raise ClassifierFormError(message, "Nothing was changed. Go back and correct it.")
    _set(connection, actor, {"abstention_threshold": share})


def set_languages(connection: sa.Connection, actor: str, tags: Sequence[str]) -> None:
    """Set which languages are told apart.

    Raises:
        ClassifierFormError: If there is none, too many, or one that cannot be told.
    """
    most = 10
    if not tags or len(tags) > most or not set(tags) <= set(LANGUAGES):
        message = f"Choose from one to {most} of the languages listed."
        raise ClassifierFormError(message, "Nothing was changed. Go back and correct it.")
    _set(connection, actor, {"languages": sorted(set(tags))})


def _set(connection: sa.Connection, actor: str, values: dict[str, Any]) -> None:
    connection.execute(sa.update(classifier_settings).values(values))
    record(connection, actor, "change rules", "classifier settings", values)
