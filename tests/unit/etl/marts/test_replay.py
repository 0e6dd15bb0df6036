"""Which tickets a change of policies can concern."""

from typing import Any, NamedTuple

from etl.marts.replay import changed_kinds


class _Row(NamedTuple):
    """A policy."""

    id: int
    position: int
    priority: str | None
    customer_type: str | None
    channel: str | None
    resolution_minutes: int


_HIGH: Any = _Row(1, 1, "high", None, None, 60)
_LOW: Any = _Row(2, 2, "low", None, None, 600)
_CHAT: Any = _Row(3, 1, None, None, "chat", 30)


def _kind(priority: str | None, channel: str | None) -> dict[str, str | None]:
    return {"priority": priority, "customer_type": None, "channel": channel}


def test_only_tickets_that_a_changed_policy_is_for_are_concerned() -> None:
    """As it was and as it is; that others made room for a new one concerns nobody."""
    assert changed_kinds([_HIGH, _LOW], [_HIGH, _LOW]) == []
    assert changed_kinds([_HIGH, _LOW], [_HIGH, _LOW._replace(resolution_minutes=300)]) == [_kind("low", None)] * 2
    moved = [_CHAT, _HIGH._replace(position=2), _LOW._replace(position=3)]
    assert changed_kinds([_HIGH, _LOW], moved) == [_kind(None, "chat")]
    assert changed_kinds(moved, [_HIGH, _LOW]) == [_kind(None, "chat")]
    widened = [_HIGH._replace(priority=None), _LOW]
    assert changed_kinds([_HIGH, _LOW], widened) == [_kind("high", None), _kind(None, None)]


def test_another_order_concerns_every_ticket() -> None:
    assert changed_kinds([_HIGH, _LOW], [_LOW, _HIGH]) is None
