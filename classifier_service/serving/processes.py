"""Several serving processes on one port: started, watched, and stopped together."""

import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import FrameType
from typing import Final

from analytics.errors import SettingsError
from classifier_service.settings import ServiceSettings

_LOGGER: Final = logging.getLogger(__name__)
_LOOK_SECONDS: Final = 0.2
_RESTART_SECONDS: Final = 1.0


class ServingProcesses:
    """The kernel gives each new connection to one of the processes (SO_REUSEPORT)."""

    def __init__(self, settings: ServiceSettings, environment: Mapping[str, str]) -> None:
        """Prepare to serve as the settings say.

        Args:
            settings: How many processes, and where.
            environment: Environment variables from which every process reads its settings.
        """
        self._settings = settings
        self._environment = dict(environment)
        self._processes: dict[int, subprocess.Popen[bytes]] = {}
        self._is_stopping = False

    def run(self) -> None:
        """Serve until SIGTERM or SIGINT; a process that dies is started again.

        Raises:
            SettingsError: If the service cannot listen on the address.
        """
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        with _reserved(self._settings) as port:
            self._environment["CLASSIFIER_ADDRESS"] = f"{self._settings.host}:{port}"
            while not self._is_stopping:
                self._look()
                time.sleep(_LOOK_SECONDS)
        for process in self._processes.values():
            process.wait()

    def _look(self) -> None:
        for index in range(self._settings.processes):
            process = self._processes.get(index)
            if process is not None and process.poll() is None:
                continue
            if process is not None:
                _LOGGER.error("a process ended", extra={"fields": {"exit_code": process.returncode}})
                time.sleep(_RESTART_SECONDS)
            self._processes[index] = self._start(index)

    def _start(self, index: int) -> subprocess.Popen[bytes]:
        environment = self._environment
        if self._settings.metrics_port:
            environment = environment | {"CLASSIFIER_METRICS_PORT": str(self._settings.metrics_port + index)}
        command = [sys.executable, "-P", "-m", "classifier_service.serving", str(os.getpid())]
        return subprocess.Popen(command, env=environment)  # noqa: S603 - our own program

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._is_stopping = True
        for process in self._processes.values():
            process.terminate()


@contextmanager
def _reserved(settings: ServiceSettings) -> Iterator[int]:
    """Reserve the port without listening on it, so that all processes share it and no other program takes it."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as reserved:
        reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        try:
            reserved.bind((settings.host.strip("[]"), settings.port))
        except OSError as error:
            message = f"The classifier cannot listen on {settings.address}."
            raise SettingsError(message, "Another program may use the port; see CLASSIFIER_ADDRESS.") from error
        yield int(reserved.getsockname()[1])
