"""The speed of the classifier's service on BANKING77's texts, compared with MLServer and FastAPI with the same model.

`--seconds S` is the time for each figure (default 4). The rivals give only the category; the service gives category,
priority, urgency, sentiment and language. Compare figures only within one run. On a busy machine only their ratios mean
anything.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import grpc
import psutil
from grpc_health.v1 import health_pb2, health_pb2_grpc

from benchmarks.call_load import Load, grpc_load, http_load, stream_rate
from benchmarks.classifier_rivals import BatchingWindow, fastapi, mlserver, mlserver_requests
from benchmarks.free_port import free_port
from benchmarks.intent_model import IntentModel, intent_model
from classifier_service.classification import Ticket
from classifier_service.serving.registry_source import RegistrySource
from protos.gen.classifier.v1 import classifier_service_pb2 as pb

_SERVICE: Final = "/classifier.v1.ClassifierService"
_MLSERVER: Final = "/inference.GRPCInferenceService/ModelInfer"
_BATCH: Final = 256
_CALLERS: Final = 32
_CONNECTIONS: Final = 16
_WINDOWS: Final = (BatchingWindow(0, 0), BatchingWindow(32, 0.002), BatchingWindow(32, 0.01))
_POLL_SECONDS: Final = 0.02


class Requests:
    """The same texts in the form that each server expects."""

    def __init__(self, texts: Sequence[str], directory: Path) -> None:
        """Make requests of one ticket and of batches."""
        self.batches = [texts[start : start + _BATCH] for start in range(0, len(texts) - _BATCH, _BATCH)]
        singles = [[text] for text in texts[:2_000]]
        tickets = [pb.Ticket(content=text) for text in texts]
        self.single = [pb.ClassifyTicketRequest(ticket=each).SerializeToString() for each in tickets]
        self.stream = [pb.StreamClassifyTicketsRequest(id="1", ticket=each).SerializeToString() for each in tickets]
        self.batch = [
            pb.BatchClassifyTicketsRequest(tickets=[pb.Ticket(content=text) for text in batch]).SerializeToString()
            for batch in self.batches
        ]
        self.mlserver_single = mlserver_requests(singles, directory)
        self.mlserver_batch = mlserver_requests(self.batches, directory)
        self.fastapi_batch = [json.dumps({"texts": batch}).encode() for batch in self.batches]


@contextmanager
def service(data_dir: Path, processes: int) -> Iterator[tuple[str, psutil.Process, float]]:
    """Start the service; yield its address, its process and the seconds until it said SERVING."""
    address = f"127.0.0.1:{free_port()}"
    command = [sys.executable, "-P", "-m", "standalone.cli", "--data-dir", str(data_dir), "classifier", "serve"]
    command += ["--address", address, "--processes", str(processes)]
    began = time.monotonic()
    environment = {**os.environ, "CLASSIFIER_DRAIN_SECONDS": "0"}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603 - our own program
    try:
        _wait_until(lambda: _serves(address))
        seconds = time.monotonic() - began
        workers = psutil.Process(process.pid).children() if processes > 1 else [psutil.Process(process.pid)]
        if processes > 1:
            # Each new connection reaches one of the processes, so several connections check them all.
            _wait_until(lambda: len(workers) == processes and all(_serves(address) for _ in range(_CONNECTIONS)))
        yield address, workers[0], seconds
    finally:
        process.terminate()
        process.wait(30)


def _serves(address: str) -> bool:
    with grpc.insecure_channel(address, (("grpc.use_local_subchannel_pool", 1),)) as channel:
        try:
            answer = health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest(), timeout=2)
        except grpc.RpcError:
            return False
        return bool(answer.status == health_pb2.HealthCheckResponse.SERVING)


def _wait_until(what: Callable[[], bool]) -> None:
    give_up_at = time.monotonic() + 90
    while not what():
        if time.monotonic() > give_up_at:
            message = "The service did not start."
            raise RuntimeError(message)
        time.sleep(_POLL_SECONDS)


def measure_in_process(model: IntentModel, requests: Requests, seconds: float) -> float:
    """Return the tickets a second of the classifier without gRPC, in batches."""
    source = RegistrySource(model.registry)
    classifier = source.load(source.published()).classifier
    batches = [[Ticket("", text) for text in batch] for batch in requests.batches]
    classifier.classify(batches[0])
    count, began = 0, time.perf_counter()
    while time.perf_counter() < began + seconds:
        classifier.classify(batches[count % len(batches)])
        count += 1
    return count * _BATCH / (time.perf_counter() - began)


def measure_one_process(data_dir: Path, requests: Requests, seconds: float) -> tuple[Load, float]:
    """Print the figures of one serving process; return its load with 32 callers and its tickets a second in batches."""
    single, batch = f"{_SERVICE}/ClassifyTicket", f"{_SERVICE}/BatchClassifyTickets"
    with service(data_dir, 1) as (address, process, start_seconds):
        _print(f"start to SERVING {start_seconds:.1f} s")
        alone = asyncio.run(grpc_load(address, single, requests.single, 1, seconds))
        _print(f"one caller                 {_summary(alone)}")
        many = asyncio.run(grpc_load(address, single, requests.single, _CALLERS, seconds))
        _print(f"{_CALLERS} callers                 {_summary(many)}")
        streamed = asyncio.run(stream_rate(address, f"{_SERVICE}/StreamClassifyTickets", requests.stream, seconds))
        versus = f"{streamed / alone.per_second:.1f} x one caller, {streamed / many.per_second:.1f} x {_CALLERS}"
        _print(f"stream of single tickets   {streamed:,.0f}/s: {versus}")
        batches = asyncio.run(grpc_load(address, batch, requests.batch, 1, seconds))
        _print(f"batches of {_BATCH}             {batches.per_second * _BATCH:,.0f} tickets/s")
        _print(f"resident {process.memory_info().rss / 2**20:.0f} MB")
    return many, batches.per_second * _BATCH


def measure_processes(data_dir: Path, requests: Requests, seconds: float) -> None:
    """Print how many more tickets two processes on one port classify than one."""
    rates = []
    for processes in (1, 2):
        with service(data_dir, processes) as (address, _process, _seconds):
            load = grpc_load(
                address, f"{_SERVICE}/BatchClassifyTickets", requests.batch, _CONNECTIONS, seconds, _CONNECTIONS
            )
            rates.append(asyncio.run(load).per_second * _BATCH)
    _print(f"two processes on one port  {rates[1]:,.0f} against {rates[0]:,.0f} tickets/s: {rates[1] / rates[0]:.2f} x")


def measure_mlserver(model: IntentModel, requests: Requests, seconds: float, directory: Path) -> tuple[Load, float]:
    """Print MLServer's figures with several windows; return its best load with 32 callers, and its batches."""
    loads, batches = [], []
    for number, window in enumerate(_WINDOWS):
        with mlserver(model.pipeline_file, directory / f"mlserver {number}", window, free_port()) as address:
            loads.append(asyncio.run(grpc_load(address, _MLSERVER, requests.mlserver_single, _CALLERS, seconds)))
            _print(f"MLServer, window {window.requests:2} requests {window.seconds:.3f} s: {_summary(loads[-1])}")
            if not window.requests:
                load = asyncio.run(grpc_load(address, _MLSERVER, requests.mlserver_batch, 1, seconds))
                batches.append(load.per_second * _BATCH)
                _print(f"MLServer, batches of {_BATCH}   {batches[-1]:,.0f} tickets/s")
    return max(loads, key=lambda load: load.per_second), batches[0]


def measure_fastapi(model: IntentModel, requests: Requests, seconds: float) -> float:
    """Print and return FastAPI's tickets a second in batches."""
    with fastapi(model.pipeline_file, free_port()) as url:
        rate = asyncio.run(http_load(url, requests.fastapi_batch, 1, seconds)).per_second * _BATCH
    _print(f"FastAPI, batches of {_BATCH}    {rate:,.0f} tickets/s")
    return rate


def _summary(load: Load) -> str:
    return (
        f"{load.per_second:,.0f}/s, half within {load.p50_milliseconds:.2f} ms, "
        f"99 of 100 within {load.p99_milliseconds:.2f} ms"
    )


def _print(line: str) -> None:
    print(line, flush=True)


def main() -> None:
    """Measure everything and print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=4.0, help="how long each figure is measured")
    seconds = parser.parse_args().seconds
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        model = intent_model(directory / "data")
        requests = Requests(model.texts, directory)
        alone = measure_in_process(model, requests, seconds)
        _print(f"in process, batches        {alone:,.0f} tickets/s")
        many, batches = measure_one_process(model.data_dir, requests, seconds)
        rival_many, rival_batches = measure_mlserver(model, requests, seconds, directory)
        fastapi_batches = measure_fastapi(model, requests, seconds)
        measure_processes(model.data_dir, requests, seconds)
    _print(f"batches through gRPC are {batches / alone:.2f} of those in process")
    _print(f"batches are {batches / rival_batches:.1f} x MLServer's, {batches / fastapi_batches:.1f} x FastAPI's")
    rates = many.per_second / rival_many.per_second
    tails = many.p99_milliseconds / rival_many.p99_milliseconds
    _print(f"{_CALLERS} callers get {rates:.1f} x MLServer's answers, at {tails:.2f} of its 99th percentile")


if __name__ == "__main__":
    main()
