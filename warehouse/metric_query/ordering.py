"""The order of an answer's rows."""

from collections.abc import Iterable

from warehouse.metric_query.model import Key, MetricRow


def in_order(rows: Iterable[MetricRow]) -> tuple[MetricRow, ...]:
    """Return rows sorted by their keys; 'not set' comes last."""
    return tuple(sorted(rows, key=lambda row: tuple([_rank(key) for key in row.keys])))


def _rank(key: Key) -> tuple[bool, Key]:
    return (True, "") if key is None else (False, key)
