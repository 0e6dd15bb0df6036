"""Dimensions of a desk's own, which a manager declares: tags, the organisation, or a field of the tickets' metadata."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from analytics.vocabulary import CUSTOM_MARK

MOST_VALUES: Final = 1_000
"""Values of one dimension that are told apart; all further ones are one value together."""
OTHER_ID: Final = 4_095
"""Id of all further values together."""
OTHER: Final = "*"
"""How "one of the further values" is written where a value has to be some text."""
SLOTS: Final = 20
"""Fields of the metadata that may be declared."""
TAGS_SLOT: Final = 21
OWN_COLUMNS: Final = {22: "organisation", 23: "brand"}
"""Slots of the dimensions that have a column of their own in the facts, declared or not."""
_STEP: Final = 4_096
"""Ids of lists are kept in one array: the slot times this, plus the id."""


class FieldKind(StrEnum):
    """How a field is read."""

    TEXT = "text"
    NUMBER = "number"
    FLAG = "flag"
    LIST = "list"
    """A ticket may have several values, and counts under each of them."""


@dataclass(frozen=True, slots=True)
class CustomDimension:
    """One dimension of a desk's own.

    Attributes:
        slug: Its name in queries and addresses.
        field: "tags", "organisation", "brand", or a key of the tickets' metadata.
        kind: How the field is read.
        slot: Its place in the facts.
    """

    slug: str
    field: str
    kind: FieldKind
    slot: int

    @property
    def is_list(self) -> bool:
        """Whether a ticket may have several values."""
        return self.kind is FieldKind.LIST

    @property
    def values_name(self) -> str:
        """Name under which its values are kept in `marts.dimension_values`."""
        return OWN_COLUMNS.get(self.slot, f"{CUSTOM_MARK}{self.slug}")

    @property
    def id_sql(self) -> str:
        """SQL of the id in a fact, or in the alias that `relation_sql` joins."""
        if self.slot in OWN_COLUMNS:
            return f"{OWN_COLUMNS[self.slot]}_id"
        return f"(listed_{self.slot}.code - {self.code(0)})" if self.is_list else f"custom_ids[{self.slot}]"

    @property
    def relation_sql(self) -> str:
        """SQL to join to the facts when they are split by a list: a row for each of a ticket's values."""
        if not self.is_list:
            return ""
        alias = f"listed_{self.slot}"
        return (
            f" inner join lateral unnest(list_ids) as {alias} (code)"
            f" on {alias}.code between {self.code(0)} and {self.code(OTHER_ID)}"
        )

    def code(self, value_id: int) -> int:
        """Return what stands for a value in the array of lists."""
        return self.slot * _STEP + value_id


def cells_sql(dimensions: Sequence[CustomDimension]) -> str:
    """Return the SQL that gives a fact a row for each value: columns `slot_id` and `value_id`."""
    single = [f"({each.slot}, {each.id_sql})" for each in dimensions if not each.is_list]
    lists = [str(each.slot) for each in dimensions if each.is_list]
    parts = [f"values {', '.join(single)}"] if single else []
    if lists:
        parts.append(
            f"select listed.code / {_STEP}, mod(listed.code, {_STEP}) from unnest(list_ids) as listed (code)"
            f" where listed.code / {_STEP} in ({', '.join(lists)})"
        )
    return f" cross join lateral ({' union all '.join(parts)}) as custom (slot_id, value_id)" if parts else ""
