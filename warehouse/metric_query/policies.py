"""Whose SLA a number is measured against."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa

from analytics.time_units import MINUTE_SECONDS
from analytics.vocabulary import EXAMPLE_TARGETS

_POLICIES = sa.text(
    "select distinct names.value as name, choice.first_reply_seconds, choice.next_reply_seconds,"
    " choice.resolution_seconds from marts.sla_policy_choices as choice"
    " inner join marts.dimension_values as names on names.dimension = 'sla_policy' and names.id = choice.sla_policy_id"
    " order by 1"
)


Promise = tuple[float | None, float | None, float | None]
"""Minutes to the first reply, to a next reply and to the resolution."""


@dataclass(frozen=True, slots=True)
class SlaPolicies:
    """The policies that tickets of the desk are measured against.

    Attributes:
        names: In order; empty when there is none.
        examples: Those that are as they were when the desk was set up, so that nobody at the desk has said what they
            promise.
        promises: Name -> minutes to the first reply, to a next reply and to the resolution; None for what is not
            promised.
    """

    names: tuple[str, ...]
    examples: tuple[str, ...]
    promises: Mapping[str, Promise] = field(default_factory=dict)

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
    found: dict[str, Promise] = {row.name: (_minutes(row[1]), _minutes(row[2]), _minutes(row[3])) for row in rows}
    examples = tuple(name for name, promise in found.items() if list(promise) == list(EXAMPLE_TARGETS.get(name, ())))
    return SlaPolicies(tuple(found), examples, found)


def _minutes(seconds: float | None) -> float | None:
    return None if seconds is None else seconds / MINUTE_SECONDS
