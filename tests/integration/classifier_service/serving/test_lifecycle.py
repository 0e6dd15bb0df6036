"""Start, drain and stop of the service as its own process, alone and as several."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import grpc
import psutil
import pytest

from classifier_service.classification import Ticket
from classifier_service.client import ClassifierClient
from classifier_service.errors import ServiceUnavailableError
from classifier_service.serving.served_classifier import Published
from protos.gen.classifier.v1 import classifier_service_pb2 as pb
from tests.fakes.classifier import FakeSource
from tests.integration.classifier_service.serving.published import FIRST, publish, registry_in
from tests.integration.classifier_service.serving.refusals import refused
from tests.integration.classifier_service.serving.service_process import ServiceProcess, service_process
from tests.integration.classifier_service.serving.serving_server import make_settings, serving, status_of, wait_until

TICKET = Ticket("Where is my order?", "My delivery has not come.", "school")
SERVING = 1
NOT_SERVING = 2


def test_it_starts_without_a_model_and_takes_up_the_first(tmp_path: Path) -> None:
    """Alive and NOT_SERVING, until something is published."""
    with service_process(tmp_path) as service, ClassifierClient([service.address]) as client:
        with grpc.insecure_channel(service.address) as channel:
            assert status_of(channel) == NOT_SERVING
            assert status_of(channel, "live") == SERVING
        with pytest.raises(ServiceUnavailableError, match="classifier train"):
            client.classify(TICKET)
        rules_version = publish(registry_in(tmp_path))
        service.wait_until_it_serves()
        answer = client.classify(TICKET)
        assert (answer.category.category, answer.model_version) == ("book_order", FIRST)
        assert answer.rules_version == rules_version
        assert service.stop() == 0


def test_it_serves_with_a_key_of_its_own_only(tmp_path: Path) -> None:
    """What another key signed is not opened; the log says why."""
    publish(registry_in(tmp_path))
    with service_process(tmp_path, SIGNING_KEY="k" * 40) as service:
        wait_until(
            lambda: bool(service.logged("the registry could not be asked") or service.logged("refused")), "no word"
        )
        with grpc.insecure_channel(service.address) as channel:
            assert status_of(channel) == NOT_SERVING


def test_a_stopping_service_says_so_and_ends_what_it_began(tmp_path: Path, source: FakeSource) -> None:
    """NOT_SERVING at once, new calls for as long as the drain lasts, and the calls under way to their end."""
    settings = make_settings(tmp_path, DRAIN_SECONDS=2, GRACE_SECONDS=20)
    results: list[str] = []
    with serving(settings, source) as served:
        address = served.address
        channel = grpc.insecure_channel(address)
        stub = type(served.stub)(channel)
        under_way = stub.BatchClassifyTickets.future(
            pb.BatchClassifyTicketsRequest(tickets=[pb.Ticket(content="a wait")])
        )
        wait_until(lambda: sum(source.opened["m1"].seen) > 3, "the batch was never begun")

        def look() -> None:
            wait_until(lambda: status_of(channel) == NOT_SERVING, "it never said that it stops")
            results.append(stub.GetModel(pb.GetModelRequest()).model.version)
            threading.Event().wait(2.5)
            source.opened["m1"].gate.set()
            results.append(under_way.result(10).classifications[0].category.category)

        watcher = threading.Thread(target=look)
        watcher.start()
    watcher.join(20)
    assert results == ["m1", "a"]
    with refused(grpc.StatusCode.UNAVAILABLE):
        stub.GetModel(pb.GetModelRequest())
    channel.close()


def test_sigterm_drains_and_exits_with_0(tmp_path: Path) -> None:
    """A call that was begun before the signal is answered after it."""
    publish(registry_in(tmp_path))
    with service_process(tmp_path, DRAIN_SECONDS=1) as service:
        service.wait_until_it_serves()
        with ClassifierClient([service.address]) as client:
            service.process.send_signal(signal.SIGTERM)
            wait_until(lambda: bool(service.logged("draining")), "it never drained")
            assert client.classify(TICKET).category.category == "book_order"
        assert service.process.wait(20) == 0
        assert service.logged("stopped")


def workers_of(service: ServiceProcess) -> list[psutil.Process]:
    """Return the processes that serve."""
    return psutil.Process(service.process.pid).children()


def test_several_processes_share_a_port_and_a_dead_one_is_replaced(tmp_path: Path) -> None:
    """Each connection goes to one of them; stopping stops all."""
    publish(registry_in(tmp_path))
    with service_process(tmp_path, "--processes", "2") as service:
        service.wait_until_it_serves()
        wait_until(lambda: len(service.logged("serving")) == 2, "they do not all serve")
        assert len({line["port"] for line in service.logged("listening")}) == 1
        first = workers_of(service)
        assert len(first) == 2
        os.kill(first[0].pid, signal.SIGKILL)
        wait_until(lambda: len(service.logged("serving")) == 3, "the dead one was not replaced")
        for _ in range(8):
            with ClassifierClient([service.address]) as client:
                assert client.classify(TICKET).category.category == "book_order"
        processes = workers_of(service)
        assert service.stop() == 0
        assert not any(process.is_running() for process in processes)


def test_workers_end_when_the_process_that_started_them_is_killed(tmp_path: Path) -> None:
    """Nobody is left on the port."""
    publish(registry_in(tmp_path))
    with service_process(tmp_path, "--processes", "2") as service:
        service.wait_until_it_serves()
        processes = workers_of(service)
        service.process.kill()
        psutil.wait_procs(processes, timeout=20)
        assert not any(process.is_running() for process in processes)


@pytest.mark.parametrize("options", [(), ("--processes", "2")])
def test_a_port_in_use_is_a_sentence(tmp_path: Path, source: FakeSource, options: tuple[str, ...]) -> None:
    """And an exit code of 1, not a second service that takes half of the calls."""
    with serving(make_settings(tmp_path), source) as served:
        command = [sys.executable, "-m", "standalone.cli", "--data-dir", str(tmp_path), "classifier", "serve"]
        command += ["--address", served.address, *options]
        finished = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert finished.returncode == 1
    assert f"The classifier cannot listen on {served.address}." in finished.stdout


def test_a_watcher_of_health_sees_every_change(tmp_path: Path) -> None:
    """NOT_SERVING, SERVING, NOT_SERVING: what a load balancer goes by."""
    from grpc_health.v1 import health_pb2, health_pb2_grpc  # noqa: PLC0415 - here only

    source = FakeSource(Published(None, None))
    seen: list[int] = []
    with serving(make_settings(tmp_path, DRAIN_SECONDS=1), source, waits=False) as served:
        channel = grpc.insecure_channel(served.address)
        watch = health_pb2_grpc.HealthStub(channel).Watch(health_pb2.HealthCheckRequest())

        def look() -> None:
            try:
                seen.extend(answer.status for answer in watch)
            except grpc.RpcError:
                return

        watcher = threading.Thread(target=look)
        watcher.start()
        wait_until(lambda: seen == [2], "no first answer")
        source.now = Published("m1", "r1")
        wait_until(lambda: seen == [2, 1], "it never served")
    watcher.join(20)
    channel.close()
    assert seen == [2, 1, 2]
