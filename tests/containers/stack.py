"""The compose file brought up whole, in the order that it asks for."""

import json
import time
from dataclasses import dataclass
from typing import Any, Final

import yaml

from tests.containers.engine import Engine
from tests.containers.images import TAG
from tests.deployment_files import compose_file, compose_services

PROJECT: Final = "support-analytics-check"
_PATIENCE_SECONDS: Final = 400.0


@dataclass(frozen=True, slots=True)
class Stack:
    """The services of docker-compose.yml.

    podman-compose makes networks, volumes and containers from the file. They are started here: podman's health checks
    never run by themselves without systemd, and it cannot follow `depends_on` over two steps. What the file says there
    is waited for here.

    Attributes:
        engine: Runs them.
        compose: The program podman-compose.
        tickets: How many tickets the demo gets.
    """

    engine: Engine
    compose: str
    tickets: int

    def up(self) -> None:
        """Make and start every service; raises AssertionError if one does not come to what others wait for."""
        self._compose("up", "--no-start", "--no-build")
        services = {name: each for name, each in compose_services().items() if "profiles" not in each}
        started: list[str] = []
        while waiting := [name for name in services if name not in started]:
            ready = [name for name in waiting if set(_needs(services[name])) <= set(started)]
            assert ready, f"These wait for one another: {waiting}"
            for name in ready:
                for needed, condition in _needs(services[name]).items():
                    self._await(needed, condition)
                self.engine.run("podman", "start", self.container(name))
                started.append(name)

    def down(self) -> None:
        """Stop and remove the containers, networks and volumes."""
        self._compose("down", "--volumes")
        # podman-compose forgets some; a database with the passwords of the last run would refuse this one's.
        volumes = self.engine.output("podman", "volume", "ls", "--quiet", "--filter", f"name={PROJECT}").split()
        if volumes:
            self.engine.run("podman", "volume", "rm", "--force", *volumes)

    def container(self, service: str) -> str:
        """Return the name of a service's container."""
        return f"{PROJECT}_{service}_1"

    def execute(self, service: str, *command: str) -> str:
        """Run a command in a service's container and return what it prints."""
        return self.engine.output("podman", "exec", self.container(service), *command)

    def import_piped(self, content: bytes, *arguments: str) -> str:
        """Send a file to the service that imports, as docs/deploy/compose.md does; return what it prints.

        Docker finds the service by itself, podman-compose only if its profile is named.
        """
        return self._compose(
            "--profile", "import", "run", "--rm", "-T", "--no-deps", "import", "-", *arguments, sent=content
        )

    def import_by_exec(self, content: bytes, *arguments: str) -> str:
        """Send a file to the refresher, as docs/deploy/kubernetes.md does; return what it prints."""
        command = ("python", "-m", "standalone.cli", "import", "-", *arguments)
        return self.engine.fed(content, "podman", "exec", "-i", self.container("refresher"), *command)

    def logs(self, service: str) -> str:
        """Return what a service has printed."""
        return self.engine.output("bash", "-c", f"podman logs {self.container(service)} 2>&1")

    def state(self, service: str) -> dict[str, Any]:
        """Return podman's view of a service."""
        found: list[dict[str, Any]] = json.loads(self.engine.output("podman", "inspect", self.container(service)))
        return found[0]

    def await_healthy(self, service: str) -> None:
        """Wait until a service's own health check passes."""
        self._await(service, "service_healthy")

    def _await(self, service: str, condition: str) -> None:
        give_up_at = time.monotonic() + _PATIENCE_SECONDS
        while not self._has(service, condition):
            assert time.monotonic() < give_up_at, f"{service} was waited for in vain:\n{self.logs(service)}"
            time.sleep(0.5)

    def _has(self, service: str, condition: str) -> bool:
        if condition == "service_healthy":
            return self.engine.exit_code("podman", "healthcheck", "run", self.container(service)) == 0
        state = self.state(service)["State"]
        if condition == "service_completed_successfully" and state["Status"] == "exited":
            assert state["ExitCode"] == 0, f"{service} failed:\n{self.logs(service)}"
            return True
        return bool(condition == "service_started" and state["Status"] == "running")

    def _compose(self, *arguments: str, sent: bytes = b"") -> str:
        services = {
            name: {key: value for key, value in service.items() if key != "depends_on"}
            for name, service in compose_services().items()
        }
        file = self.engine.store / "docker-compose.yml"
        file.write_text(yaml.safe_dump({**compose_file(), "services": services}), encoding="utf-8")
        environment = (f"SUPPORT_TAG={TAG}", "SUPPORT_IMAGE=localhost/support-analytics")
        tickets = f"SUPPORT_DEMO_TICKETS={self.tickets}"
        options = ("--in-pod=false", "-f", str(file), "-p", PROJECT)
        return self.engine.fed(sent, "env", *environment, tickets, self.compose, *options, *arguments)


def _needs(service: dict[str, Any]) -> dict[str, str]:
    return {name: needed["condition"] for name, needed in service.get("depends_on", {}).items()}
