"""Whose SLA a number is measured against."""

from dataclasses import dataclass

import sqlalchemy as sa

from analytics.time_units import MINUTE_SECONDS
from analytics.vocabulary import EXAMPLE_TARGETS

_POLICIES = sa.text(
    "select distinct names.value as name, choice.first_reply_seconds, choice.next_reply_seconds,"
    " choice.resolution_seconds from marts.sla_policy_choices as choice"
    " inner join marts.dimension_values as names on names.dimension = 'sla_policy' and names.id = choice.sla_policy_id"
    " order by 1"
)


@dataclass(frozen=True, slots=True)
class SlaPolicies:
    """The policies that tickets of the desk are measured against.

    Attributes:
        names: In order; empty when there is none.
        examples: Those that are as they were when the desk was set up, so that nobody at the desk has said what they
            promise.
    """

    names: tuple[str, ...]
    examples: tuple[str, ...]

    @property
    def are_examples(self) -> bool:
        """Whether every one of them is an example."""
        return bool(self.names) and self.names == self.examples


def sla_policies(connection: sa.Connection) -> SlaPolicies:
    """Return the policies, as the latest refresh found them.

    Args:
        connection: In any role that reads the marts.
    """
    rows = connection.execute(_POLICIES).all()
    found = {row.name: tuple(None if each is None else each / MINUTE_SECONDS for each in row[1:]) for row in rows}
    return SlaPolicies(
        tuple(found), tuple(name for name, targets in found.items() if EXAMPLE_TARGETS.get(name) == targets)
    )
