"""Every kind of record, by its slug."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from etl.importing.kinds.happenings import INTERACTIONS, RATINGS, STATUSES
from etl.importing.kinds.people import AGENTS, CUSTOMERS
from etl.importing.kinds.record_kind import RecordKind
from etl.importing.kinds.tickets import TICKETS

KINDS: Final[Mapping[str, RecordKind]] = MappingProxyType(
    {kind.slug: kind for kind in (TICKETS, CUSTOMERS, AGENTS, INTERACTIONS, STATUSES, RATINGS)}
)
