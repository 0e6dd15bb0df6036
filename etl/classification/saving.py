"""Saves new rules, and queues every ticket once the service uses the new rules."""

import time
from collections.abc import Callable
from typing import Final

import sqlalchemy as sa

from classifier_service.client import ClassifierClient
from classifier_service.errors import ServiceError
from classifier_service.rules.document import RulesDocument
from classifier_service.served_model import ServedModel
from etl.classification.category_edits import Edit
from etl.classification.desk_rules import desk_rules, published_rules
from etl.classification.tasks import queue_every_ticket
from etl.settings import ClassifierSettings
from warehouse.audit_log import record

_PATIENCE_SECONDS: Final = 20.0
_ASKS_AGAIN_SECONDS: Final = 0.5
_REPLICAS_ASKED: Final = 4


def edited_rules(engine: sa.Engine, edit: Edit) -> RulesDocument:
    """Return the rules as they would be after a change; nothing is saved.

    Raises:
        InvalidRulesError: If the rules would contradict one another.
        CategoryError: If the change cannot be made.
    """
    with engine.connect() as connection, connection.begin() as transaction:
        edit(connection)
        rules = desk_rules(connection)
        transaction.rollback()
    return rules


def save(engine: sa.Engine, settings: ClassifierSettings, edit: Edit, actor: str, what: str) -> int:
    """Make a change, publish it, and queue every ticket; return the number of tickets.

    The tickets are queued after the service has the new rules, so that no ticket is classified by the old ones. If the
    service does not answer, it loads the new rules at its next start, and the tickets wait until then.

    Args:
        engine: In the role `etl_writer`.
        settings: Where the registry and the service are.
        edit: The change.
        actor: Who makes it, for the audit log.
        what: The change in a few words, for the audit log.

    Raises:
        InvalidRulesError: If the rules would contradict one another; nothing is changed.
        RegistryError: If the rules cannot be published; nothing is changed.
    """
    with engine.begin() as connection:
        edit(connection)
        version = published_rules(settings.registry).publish(desk_rules(connection))
        record(connection, actor, "change rules", what, {"rules_version": version})
        with settings.client() as client:
            wait_until_served(client, lambda served: served.rules_version == version)
        return queue_every_ticket(connection)


def queue_again(engine: sa.Engine, settings: ClassifierSettings, versions: tuple[str | None, str | None]) -> int:
    """Queue every ticket once the service uses these versions of model and rules; return the number of tickets."""
    with settings.client() as client:
        wait_until_served(client, lambda served: (served.version, served.rules_version) == versions)
    with engine.begin() as connection:
        return queue_every_ticket(connection)


def queue_again_under(engine: sa.Engine, settings: ClassifierSettings, rules_version: str) -> int:
    """Queue every ticket once the service uses these rules; return the number of tickets."""
    with settings.client() as client:
        wait_until_served(client, lambda served: served.rules_version == rules_version)
    with engine.begin() as connection:
        return queue_every_ticket(connection)


def wait_until_served(
    client: ClassifierClient,
    is_wanted: Callable[[ServedModel], bool],
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> bool:
    """Wait until the service uses the wanted model and rules; return whether it does.

    The service is asked several times, so that a few replicas have answered. All answers have to agree.


    Args:
        client: Calls the service.
        is_wanted: Says whether a served model is the wanted one.
        clock: A monotonic clock, in seconds.
        sleep: Waits for the given number of seconds.
    """
    gives_up_at, agreeing = clock() + _PATIENCE_SECONDS, 0
    while agreeing < _REPLICAS_ASKED:
        try:
            agreeing = agreeing + 1 if is_wanted(client.model()) else 0
        except ServiceError:
            return False
        if not agreeing:
            if clock() >= gives_up_at:
                return False
            sleep(_ASKS_AGAIN_SECONDS)
    return True
