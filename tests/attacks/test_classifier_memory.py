"""Strangers without a token send the classifier service much that is costly to read."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import grpc
import pytest
from grpc_health.v1 import health_pb2

from classifier_service.serving.callers import new_token, token_line
from tests.attacks.memory_of import memory_of, watched_memory
from tests.integration.classifier_service.serving.published import publish, registry_in
from tests.integration.classifier_service.serving.service_process import ServiceProcess, service_process
from tests.integration.classifier_service.serving.serving_server import wait_until

CALLS = 96
MOST = 1.5
MOST_OF_A_CALLER = 2.0
MOST_AFTER = 1.1
A_MESSAGE = 4 * 1024 * 1024 - 64
TICKETS = b"\n\x00" * (A_MESSAGE // 2)
BATCH = "/classifier.v1.ClassifierService/BatchClassifyTickets"
HEALTH = "/grpc.health.v1.Health/Check"
TOKEN = new_token()


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[ServiceProcess]:
    """A service that lets one caller in."""
    publish(registry_in(tmp_path))
    tokens = tmp_path / "tokens"
    tokens.write_text(token_line("billing", TOKEN))
    with service_process(tmp_path, TOKENS_FILE=tokens) as service:
        service.wait_until_it_serves()
        yield service


def attack(service: ServiceProcess, path: str, message: bytes, token: str | None = None) -> set[grpc.StatusCode]:
    """Make many calls at once, each on its own connection, and return how they ended."""
    metadata = (("authorization", f"Bearer {token}"),) if token else None

    def call(_number: int) -> grpc.StatusCode:
        options = [("grpc.use_local_subchannel_pool", 1)]
        with grpc.insecure_channel(service.address, options) as channel:
            try:
                channel.unary_unary(path, bytes, bytes)(message, timeout=60, metadata=metadata)
            except grpc.RpcError as error:
                return error.code()
            return grpc.StatusCode.OK

    with ThreadPoolExecutor(CALLS) as callers:
        return set(callers.map(call, range(CALLS)))


def test_tickets_of_strangers_are_not_read(guarded: ServiceProcess) -> None:
    """Batches of two million empty tickets without a token cost the service hardly any memory."""
    with watched_memory(guarded.process.pid) as watch:
        codes = attack(guarded, BATCH, TICKETS)
    assert codes == {grpc.StatusCode.UNAUTHENTICATED}
    assert watch.ratio <= MOST


def test_questions_after_health_are_not_read_when_they_are_long(guarded: ServiceProcess) -> None:
    """Health checks are open to all, so that a long one is not read either."""
    message = health_pb2.HealthCheckRequest(service="x" * (A_MESSAGE - 8)).SerializeToString()
    with watched_memory(guarded.process.pid) as watch:
        codes = attack(guarded, HEALTH, message)
    assert codes == {grpc.StatusCode.INVALID_ARGUMENT}
    assert watch.ratio <= MOST


def test_a_known_caller_does_not_make_millions_of_tickets_either(guarded: ServiceProcess) -> None:
    """Tickets are counted before they are made, and what the messages took is given back."""
    with watched_memory(guarded.process.pid) as watch:
        codes = attack(guarded, BATCH, TICKETS, TOKEN)
    assert codes == {grpc.StatusCode.INVALID_ARGUMENT}
    assert watch.ratio <= MOST_OF_A_CALLER
    wait_until(lambda: memory_of(guarded.process.pid) <= MOST_AFTER * watch.resting, "the memory did not come back")
