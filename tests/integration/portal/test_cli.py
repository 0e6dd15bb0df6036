"""`portal`, as an orchestrator runs it."""

import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

from standalone.service import command_line
from tests.integration.standalone.commands import Shell
from tests.integration.standalone.processes import eventually


def _lives(address: str) -> bool:
    try:
        with urllib.request.urlopen(address):  # noqa: S310 - our own address
            return True
    except OSError:
        return False


def test_a_stop_is_no_failure(tmp_path: Path, free_tcp_port: int) -> None:
    """SIGTERM ends it with 0, so that nobody takes an update for a crash; it has started without its database."""
    shell = Shell.at(tmp_path, DATABASE_URL="postgresql://nobody:nothing@127.0.0.1:1/nowhere")
    process = subprocess.Popen(
        command_line("portal", "--port", str(free_tcp_port)), env=shell.environment, stdout=sys.stderr
    )
    try:
        assert eventually(lambda: _lives(f"http://127.0.0.1:{free_tcp_port}/healthz") or process.poll() is not None)
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(45) == 0
