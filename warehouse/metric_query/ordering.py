"""The order of an answer's rows."""

from collections.abc import Iterable
from operator import attrgetter

from warehouse.metric_query.model import Key, MetricRow

_BY_KEYS = attrgetter("keys")


def in_order(rows: Iterable[MetricRow]) -> tuple[MetricRow, ...]:
    """Return rows sorted by their keys; 'not set' comes last."""
    listed = list(rows)
    if any(None in row.keys for row in listed):
        return tuple(sorted(listed, key=lambda row: tuple([_rank(key) for key in row.keys])))
    return tuple(sorted(listed, key=_BY_KEYS))


def _rank(key: Key) -> tuple[bool, Key]:
    return (True, "") if key is None else (False, key)
