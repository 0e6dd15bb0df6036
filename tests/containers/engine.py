"""buildah and podman with a store of their own, beside whatever else the machine runs."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

CHECKOUT: Final = Path(__file__).parents[2]

_CONTAINERS_CONF: Final = """\
[containers]
cgroups = "disabled"
default_ulimits = ["nofile=8192:8192", "nproc=4096:4096"]
[engine]
cgroup_manager = "cgroupfs"
events_logger = "file"
runtime = "crun"
[network]
network_backend = "netavark"
network_config_dir = "{store}/networks"
"""
_STORAGE_CONF: Final = """\
[storage]
driver = "overlay"
graphroot = "{store}/root"
runroot = "{store}/runroot"
"""


@dataclass(frozen=True, slots=True)
class Engine:
    """Commands on one store.

    Attributes:
        store: Directory of images, containers and settings; made by `prepare`.
    """

    store: Path

    def prepare(self) -> None:
        """Write the settings."""
        (self.store / "networks").mkdir(parents=True, exist_ok=True)
        (self.store / "containers.conf").write_text(_CONTAINERS_CONF.format(store=self.store))
        (self.store / "storage.conf").write_text(_STORAGE_CONF.format(store=self.store))

    @property
    def environment(self) -> dict[str, str]:
        """The environment of every command."""
        return {
            **os.environ,
            "CONTAINERS_CONF": str(self.store / "containers.conf"),
            "CONTAINERS_STORAGE_CONF": str(self.store / "storage.conf"),
        }

    def run(self, *command: str, cwd: Path = CHECKOUT) -> None:
        """Run a command to its end, showing what it shows; raises CalledProcessError if it fails."""
        subprocess.run(command, cwd=cwd, env=self.environment, check=True)

    def output(self, *command: str) -> str:
        """Run a command and return what it prints; raises CalledProcessError if it fails."""
        done = subprocess.run(
            command, cwd=CHECKOUT, env=self.environment, check=True, stdout=subprocess.PIPE, text=True
        )
        return done.stdout.strip()

    def fed(self, sent: bytes, *command: str) -> str:
        """Run a command that reads what is sent, and return what it prints; raises CalledProcessError if it fails."""
        done = subprocess.run(
            command, cwd=CHECKOUT, env=self.environment, check=True, input=sent, stdout=subprocess.PIPE
        )
        return done.stdout.decode()

    def exit_code(self, *command: str) -> int:
        """Run a command in silence and return its exit code."""
        done = subprocess.run(command, cwd=CHECKOUT, env=self.environment, check=False, capture_output=True)
        return done.returncode
