"""Load from callers that call without a pause: answers a second, and how long an answer takes."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import grpc

_WARM_UP_CALLS: Final = 20
_CHANNEL: Final = (("grpc.max_receive_message_length", -1), ("grpc.use_local_subchannel_pool", 1))

Call = Callable[[bytes], Awaitable[bytes]]


@dataclass(frozen=True, slots=True)
class Load:
    """The answers that callers got.

    Attributes:
        per_second: Answers a second, of all callers together.
        p50_milliseconds: Median time of an answer.
        p99_milliseconds: 99th percentile of the times.
    """

    per_second: float
    p50_milliseconds: float
    p99_milliseconds: float


async def grpc_load(
    address: str, method: str, requests: Sequence[bytes], callers: int, seconds: float, connections: int = 1
) -> Load:
    """Call a gRPC method with ready-made bytes and do not parse the answers, so that the client uses little CPU."""
    async with AsyncExitStack() as stack:
        calls: list[Call] = []
        for _ in range(connections):
            channel = await stack.enter_async_context(grpc.aio.insecure_channel(address, _CHANNEL))
            calls.append(channel.unary_unary(method, _as_it_is, _as_it_is))
        return await _load(calls, requests, callers, seconds)


def _as_it_is(data: bytes) -> bytes:
    return data


async def http_load(url: str, bodies: Sequence[bytes], callers: int, seconds: float) -> Load:
    """Post ready-made JSON over connections that stay open; answers are read but not parsed."""
    calls = [await _http_call(url) for _ in range(callers)]
    return await _load(calls, bodies, callers, seconds)


async def _http_call(url: str) -> Call:
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    head = f"POST {parts.path} HTTP/1.1\r\nhost: {parts.netloc}\r\ncontent-type: application/json\r\ncontent-length: "

    async def call(body: bytes) -> bytes:
        writer.write(f"{head}{len(body)}\r\n\r\n".encode() + body)
        headers = await reader.readuntil(b"\r\n\r\n")
        if not headers.startswith(b"HTTP/1.1 200"):
            message = headers.decode()
            raise ConnectionError(message)
        length = int(headers.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        return await reader.readexactly(length)

    return call


async def _load(calls: Sequence[Call], requests: Sequence[bytes], callers: int, seconds: float) -> Load:
    for place in range(max(_WARM_UP_CALLS, 2 * len(calls))):
        await calls[place % len(calls)](requests[place % len(requests)])
    took: list[float] = []
    ends_at = time.perf_counter() + seconds

    async def call(caller: int) -> None:
        place = caller
        while (began := time.perf_counter()) < ends_at:
            await calls[caller % len(calls)](requests[place % len(requests)])
            took.append(time.perf_counter() - began)
            place += callers

    began = time.perf_counter()
    await asyncio.gather(*map(call, range(callers)))
    return _summed_up(took, time.perf_counter() - began)


def _summed_up(took: list[float], seconds: float) -> Load:
    took.sort()
    p50, p99 = took[len(took) // 2], took[int(len(took) * 0.99)]
    return Load(len(took) / seconds, 1000 * p50, 1000 * p99)


async def stream_rate(address: str, method: str, requests: Sequence[bytes], seconds: float) -> float:
    """Return the answers a second of one stream on which requests are sent without a pause."""
    ends_at = time.perf_counter() + seconds

    async def sent() -> AsyncIterator[bytes]:
        place = 0
        while time.perf_counter() < ends_at:
            yield requests[place % len(requests)]
            place += 1

    async with grpc.aio.insecure_channel(address, _CHANNEL) as channel:
        began = time.perf_counter()
        answers = 0
        async for _answer in channel.stream_stream(method, _as_it_is, _as_it_is)(sent()):
            answers += 1
        return answers / (time.perf_counter() - began)
