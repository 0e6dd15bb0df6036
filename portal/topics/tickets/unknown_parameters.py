"""What an address asks for and nobody knows. It is told, so that no filter is left out in silence."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from analytics.errors import ErrorKind, SupportAnalyticsError, nearest
from analytics.metrics import METRICS
from analytics.vocabulary import DIMENSIONS
from portal.numbers.filters import OWN, is_custom
from portal.numbers.parameters import LONGEST, parameter_pairs, parameters
from portal.topics.tickets.address import CLOCKS, CREATED, CUSTOMER, ORGANISATION
from portal.topics.tickets.ticket_address import DONE, WHOLE

_KNOWN: Final = frozenset(
    {"period", "from", "to", "compare", OWN, *DIMENSIONS}
    | {"metric", "part", *CLOCKS, "precision", "q", CUSTOMER, ORGANISATION, "sort", "after", "before", WHOLE[0], DONE}
)
_FOREIGN: Final = re.compile(r"utm_\w+|gclid|fbclid|msclkid")
"""What mail programs and other sites append to any address; it filters nothing."""
_SHOWN: Final = 60


class NoSuchMetricError(SupportAnalyticsError):
    """An address asks for the tickets of a metric that does not exist."""

    kind = ErrorKind.INVALID

    def __init__(self, slug: str) -> None:
        """Quote it, and name the metric most like it."""
        super().__init__(f"There is no metric “{slug[:_SHOWN]}”.{nearest(slug, METRICS)}")


class UnclearAddressError(SupportAnalyticsError):
    """An address that cannot be exported, because some of it would be left out."""

    kind = ErrorKind.INVALID


def refuse_unknown_metric(search: str) -> None:
    """Check the metric of an address.

    Raises:
        NoSuchMetricError: If there is no such metric.
    """
    metric = parameters(search).get("metric", CREATED)
    if metric not in METRICS:
        raise NoSuchMetricError(metric)


def unknown_parameters(search: str, own: Mapping[str, str]) -> tuple[str, ...]:
    """Return a sentence for each parameter that does not exist or cannot be read.

    Args:
        search: The address after its path.
        own: What a person may call a dimension of the desk's own -> its parameter.
    """
    return tuple(_sentences(search, own))


def _sentences(search: str, own: Mapping[str, str]) -> Iterator[str]:
    if len(search) > LONGEST:
        yield f"The address is too long: no more than {LONGEST:,} characters are read."
    names = [name for name, _ in parameter_pairs(search)]
    for name in dict.fromkeys(each for each in names if not _FOREIGN.fullmatch(each)):
        if name not in _KNOWN and not is_custom(name):
            right = f" The desk's own dimension is “{own[name]}”." if name in own else ""
            yield f"There is no parameter “{name[:_SHOWN]}”.{right}"
        elif names.count(name) > 1:
            yield f"The parameter “{name[:_SHOWN]}” is there twice. Write its values once, with commas between them."
