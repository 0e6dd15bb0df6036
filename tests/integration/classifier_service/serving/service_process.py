"""The service as its own process, as people start it."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import grpc

from tests.integration.classifier_service.serving.serving_server import status_of, wait_until


@dataclass(slots=True)
class ServiceProcess:
    """A started `support-analytics classifier serve`.

    Attributes:
        process: The process itself.
        lines: What it logged.
    """

    process: subprocess.Popen[str]
    lines: list[dict[str, object]] = field(default_factory=list)

    def logged(self, message: str) -> list[dict[str, object]]:
        """Return the lines with a message."""
        return [line for line in self.lines if line["message"] == message]

    @property
    def port(self) -> int:
        """Port that it said it listens on."""
        wait_until(lambda: bool(self.logged("listening")), f"it does not listen: {self.lines}")
        port = self.logged("listening")[0]["port"]
        assert isinstance(port, int)
        return port

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"127.0.0.1:{self.port}"

    def wait_until_it_serves(self) -> None:
        """Wait for SERVING."""
        with grpc.insecure_channel(self.address) as channel:
            wait_until(lambda: status_of(channel) == 1, "it never served")

    def stop(self) -> int:
        """Ask it to stop, and return its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(20)


@contextmanager
def service_process(data_dir: Path, *options: str, **variables: object) -> Iterator[ServiceProcess]:
    """Start the service on a free port, with its registry in a data directory; it is killed in the end.

    Args:
        data_dir: Holds registry and key.
        options: Of the command.
        variables: By name without CLASSIFIER_.
    """
    environment: Mapping[str, str] = {
        **{name: value for name, value in os.environ.items() if not name.startswith("CLASSIFIER_")},
        "CLASSIFIER_ADDRESS": "127.0.0.1:0",
        "CLASSIFIER_POLL_SECONDS": "1",
        "CLASSIFIER_DRAIN_SECONDS": "0",
        **{f"CLASSIFIER_{name}": str(value) for name, value in variables.items()},
    }
    command = [sys.executable, "-m", "standalone.cli", "--data-dir", str(data_dir), "classifier", "serve", *options]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    service = ServiceProcess(process)
    reader = threading.Thread(target=_read, args=(service,), daemon=True)
    reader.start()
    try:
        yield service
    finally:
        if process.poll() is None:
            process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        reader.join(5)


def _read(service: ServiceProcess) -> None:
    for line in service.process.stdout or ():
        service.lines.append(json.loads(line))
