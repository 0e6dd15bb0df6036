"""Who did what: lines are added, and nobody's role may change one."""

from collections.abc import Mapping

import sqlalchemy as sa

from warehouse.tables.desk import audit_log


def record(
    connection: sa.Connection, actor: str, action: str, target: str, details: Mapping[str, object] | None = None
) -> None:
    """Write down what somebody did, in the same transaction as what was done.

    Args:
        connection: In a role that may add to the log.
        actor: Who did it: a user name, or the name of a part of the product.
        action: What was done, in a fixed word.
        target: What it was done to.
        details: What else is worth keeping; nothing that a customer wrote.
    """
    connection.execute(sa.insert(audit_log).values(_row(actor, action, target, details)))


def record_numbered(
    connection: sa.Connection, actor: str, action: str, target: str, details: Mapping[str, object] | None = None
) -> int:
    """Write down what somebody did, and return the number of the line, by which it can be undone.

    Args:
        connection: In a role that may add to the log and read it.
        actor: As above, and so on for the next ones.
        action: What was done, in a fixed word.
        target: What it was done to.
        details: What an undo needs; nothing that a customer wrote.
    """
    made = sa.insert(audit_log).values(_row(actor, action, target, details)).returning(audit_log.c.id)
    return int(connection.execute(made).scalar_one())


def _row(actor: str, action: str, target: str, details: Mapping[str, object] | None) -> dict[str, object]:
    return {"actor": actor, "action": action, "target": target, "details": dict(details or {})}
