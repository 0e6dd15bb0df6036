"""Calls with bytes in the place of messages."""

from collections.abc import Iterable

import grpc


def _as_it_is(data: bytes) -> bytes:
    return data


def raw_call(channel: grpc.Channel, path: str, data: bytes) -> bytes:
    """Call a method that answers once."""
    answer: bytes = channel.unary_unary(path, _as_it_is, _as_it_is)(data, timeout=30)
    return answer


def raw_stream(channel: grpc.Channel, path: str, requests: Iterable[bytes], answers: list[bytes] | None = None) -> None:
    """Call a method that answers any number of times, and collect what it answers before it ends."""
    call = channel.stream_stream(path, _as_it_is, _as_it_is)
    for answer in call(iter(requests), timeout=30):
        if answers is not None:
            answers.append(answer)
