"""docker-compose.yml bounds what each service takes, brings back what ends, and says how a file gets in."""

import re
from pathlib import Path
from typing import Any, Final

import pytest

from standalone.services import SERVICES, Machine
from tests.deployment_files import CHECKOUT, compose_services

MANUAL: Final = (CHECKOUT / "docs" / "deploy" / "compose.md").read_text(encoding="utf-8")
ONCE: Final = {"secrets", "prepare", "first-user", "import"}
"""What ends by itself."""
PROBED_BY_IMAGE: Final = {"portal", "classifier"}
WATCHERS: Final = {"refresher", "scorer", "scheduler"}
"""They have no port; each ends by itself when it cannot go on, and is started again."""
_UNITS: Final = {"m": 1, "g": 1024}


def mebibytes(text: str) -> int:
    """Return an amount of memory as compose files have it."""
    return int(text[:-1]) * _UNITS[text[-1]]


def limits() -> dict[str, int]:
    """Return the limit of each service in MiB."""
    return {name: mebibytes(service["mem_limit"]) for name, service in compose_services().items()}


def test_every_service_has_a_limit_that_the_manual_names() -> None:
    """A service without one can take the whole server along."""
    stated = dict(re.findall(r"^\| `([a-z-]+)` \|.*\| ([0-9,]+) MiB \|$", MANUAL, re.MULTILINE))
    assert {name: int(limit.replace(",", "")) for name, limit in stated.items()} == limits()


def test_the_manual_adds_the_limits_up() -> None:
    """Whoever buys a server needs the sum of what runs at the same time."""
    stated = re.search(r"add up to ([0-9,]+) MiB", MANUAL)
    assert stated
    assert int(stated[1].replace(",", "")) == sum(limit for name, limit in limits().items() if name not in ONCE)


def test_memory_of_a_temporary_directory_fits_into_the_limit() -> None:
    """A tmpfs counts as memory of its service: one that may grow beyond the limit would end the service."""
    for name, service in compose_services().items():
        sizes = [int(size) for each in service["tmpfs"] for size in re.findall(r"size=(\d+)m", each)]
        assert sum(sizes) <= limits()[name], name


@pytest.mark.parametrize("name", sorted(compose_services()))
def test_what_runs_is_brought_back_and_what_ends_is_not(name: str) -> None:
    """A one-off that began again for ever would hide its fault."""
    service = compose_services()[name]
    assert service["restart"] == ("no" if name in ONCE else "unless-stopped")


def test_whatever_answers_is_asked_whether_it_does() -> None:
    """Those without a port are named here, with the reason."""
    services = compose_services()
    probed = {name for name, service in services.items() if "healthcheck" in service} | PROBED_BY_IMAGE
    assert probed | WATCHERS | ONCE == set(services)
    dockerfile = (CHECKOUT / "Dockerfile").read_text(encoding="utf-8")
    assert len(re.findall(r"^HEALTHCHECK --interval", dockerfile, re.MULTILINE)) == len(PROBED_BY_IMAGE)


@pytest.mark.parametrize("name", sorted(compose_services()))
def test_every_service_is_confined(name: str) -> None:
    """It writes nowhere but to volumes, and can gain no rights."""
    service: dict[str, Any] = compose_services()[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_one_machine_and_containers_watch_the_same_jobs() -> None:
    """A job that is added to a watcher here runs there too."""
    machine = Machine(0, "", Path(), lambda _login: {}, dict)
    ours = {each.name: list(each.arguments(machine)) for each in SERVICES if each.name in WATCHERS}
    assert ours == {name: compose_services()[name]["command"] for name in WATCHERS}


def test_a_file_comes_in_on_the_disk_not_in_memory() -> None:
    """What is imported may be larger than the memory of its service; `up` starts no import."""
    service = compose_services()["import"]
    assert service["profiles"] == ["import"]
    assert "import-space:/tmp" in service["volumes"]
    assert not service["tmpfs"]
