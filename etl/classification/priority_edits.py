"""Changes of the priority rules, each as one step in a transaction."""

import sqlalchemy as sa

from analytics.errors import SupportAnalyticsError
from classifier_service.rules.entries import PriorityRule
from etl.classification.category_edits import Edit
from warehouse.tables.desk import priority_rules


class PriorityRuleError(SupportAnalyticsError):
    """A priority rule does not exist."""


def set_priority_rule(rule: PriorityRule) -> Edit:
    """Return the step that adds a rule, which then goes before all others.

    A rule for the same customer type and urgency is changed where it stands instead.

    Args:
        rule: The rule; its position is chosen here.
    """
    columns = priority_rules.c
    same = sa.and_(
        columns.customer_type.is_not_distinct_from(rule.customer_type),
        columns.urgency.is_not_distinct_from(None if rule.urgency is None else rule.urgency.value),
    )

    def edit(connection: sa.Connection) -> None:
        said = {"priority": rule.priority.value, "reason": rule.reason}
        if connection.execute(sa.update(priority_rules).where(same).values(said)).rowcount:
            return
        first = sa.select(sa.func.coalesce(sa.func.min(columns.position), 1) - 1).scalar_subquery()
        urgency = None if rule.urgency is None else rule.urgency.value
        added = {**said, "customer_type": rule.customer_type, "urgency": urgency, "position": first}
        connection.execute(sa.insert(priority_rules).values(added))

    return edit


def remove_priority_rule(position: int) -> Edit:
    """Return the step that takes a rule away; applying it raises `PriorityRuleError` where there is none."""

    def edit(connection: sa.Connection) -> None:
        gone = connection.execute(sa.delete(priority_rules).where(priority_rules.c.position == position)).rowcount
        if not gone:
            message = f"There is no priority rule {position}."
            raise PriorityRuleError(message, "See: support-analytics classifier priorities list")

    return edit
