"""Saves new rules, and queues every ticket once the service answers by them."""

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
    """Return the rules as they would be after a change, and change nothing.

    Raises:
        InvalidRulesError: If they would contradict one another.
        CategoryError: If the change cannot be made.
    """
    with engine.connect() as connection, connection.begin() as transaction:
        edit(connection)
        rules = desk_rules(connection)
        transaction.rollback()
    return rules


def save(engine: sa.Engine, settings: ClassifierSettings, edit: Edit, actor: str, what: str) -> int:
    """Make a change, publish it, and queue every ticket; return how many there are.

    The tickets are queued when the service has the new rules, so that none is classified by the old ones. A service
    that does not answer takes them up when it starts, and the tickets wait for that.

    Args:
        engine: In the role `etl_writer`.
        settings: Of registry and service.
        edit: The change.
        actor: Who makes it, for the audit log.
        what: The change in a few words, for the audit log.

    Raises:
        InvalidRulesError: If the rules would contradict one another; nothing is changed.
        RegistryError: If they cannot be published; nothing is changed.
    """
    with engine.begin() as connection:
        edit(connection)
        version = published_rules(settings.registry).publish(desk_rules(connection))
        record(connection, actor, "change rules", what, {"rules_version": version})
        with settings.client() as client:
            wait_until_served(client, lambda served: served.rules_version == version)
        return queue_every_ticket(connection)


def queue_again(engine: sa.Engine, settings: ClassifierSettings, versions: tuple[str | None, str | None]) -> int:
    """Queue every ticket, once the service answers by these versions of model and rules; return how many there are."""
    with settings.client() as client:
        wait_until_served(client, lambda served: (served.version, served.rules_version) == versions)
    with engine.begin() as connection:
        return queue_every_ticket(connection)


def wait_until_served(
    client: ClassifierClient,
    is_wanted: Callable[[ServedModel], bool],
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> bool:
    """Wait until the service, and each of a few replicas asked in turn, answers by what is wanted; say whether it does.

    Args:
        client: Calls the service.
        is_wanted: Says whether what is served is that.
        clock: Seconds that only grow.
        sleep: Waits for so many seconds.
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
