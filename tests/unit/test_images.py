"""What each image runs imports only what that image has: our files by its COPY lines, the rest by its requirements."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.unit.test_requirement_files import CHECKOUT, canonical, pins

OURS = {
    "analytics",
    "classifier_service",
    "etl",
    "portal",
    "protos",
    "standalone",
    "storage",
    "table_files",
    "warehouse",
}
COMMANDS = {
    "portal": ["standalone.cli", "standalone.probes", "portal.cli"],
    "classifier": ["classifier_service.__main__", "classifier_service.serving.__main__", "standalone.probes"],
    "etl": [
        "standalone.cli",
        "standalone.classifier_cli",
        "standalone.bookshop_cli",
        "standalone.deployment_cli",
        "etl.__main__",
        "etl.commands.import_cli",
        "etl.commands.query_cli",
        "warehouse.cli",
    ],
}
NOT_NEEDED = {
    ("portal", "grpc"): "only gRPC services are probed by it",
    ("portal", "grpc_health"): "as above",
    ("classifier", "onnxruntime"): "accurate models only; docs/deploy/compose.md says how to add the encoder",
    ("classifier", "tokenizers"): "as above",
    ("etl", "onnx"): "as above",
    ("etl", "onnxruntime"): "as above",
    ("etl", "safetensors"): "as above",
    ("etl", "tokenizers"): "as above",
}


def file_of(module: str) -> Path | None:
    """Return the file of one of our modules; None if there is none of that name."""
    path = CHECKOUT / module.replace(".", "/")
    return next((file for file in (path.with_suffix(".py"), path / "__init__.py") if file.exists()), None)


def imported_by(file: Path) -> set[str]:
    """Return every name that a file imports, inside of functions too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def reached_from(modules: list[str]) -> tuple[set[Path], set[str]]:
    """Return our files that modules lead to, and the names of others' packages that these import."""
    files: set[Path] = set()
    others: set[str] = set()
    todo, seen = list(modules), set[str]()
    while todo:
        module = todo.pop()
        file = file_of(module)
        if module in seen or file is None:
            continue
        seen.add(module)
        files.add(file)
        parts = module.split(".")
        todo += [".".join(parts[:length]) for length in range(1, len(parts))]
        for name in imported_by(file):
            top = name.partition(".")[0]
            if top in OURS:
                todo.append(name)
            elif top not in sys.stdlib_module_names:
                others.add(top)
    return files, others


def copied_into(image: str) -> list[str]:
    """Return the files and directories of ours that the Dockerfile copies into an image."""
    text = (CHECKOUT / "Dockerfile").read_text(encoding="utf-8")
    stage = text.partition(f" AS {image}\n")[2].partition("\nFROM ")[0]
    assert stage, image
    return [name for line in re.findall(r"^COPY ([^-].*)$", stage, re.MULTILINE) for name in line.split()[:-1]]


@pytest.mark.parametrize("image", COMMANDS)
def test_an_image_has_the_files_that_its_commands_import(image: str) -> None:
    """Nothing of ours is missing in a container that runs elsewhere."""
    files, _ = reached_from(COMMANDS[image])
    copied = [CHECKOUT / name for name in copied_into(image)]
    missing = {str(file.relative_to(CHECKOUT)) for file in files if not any(file.is_relative_to(one) for one in copied)}
    assert not missing


@pytest.mark.parametrize("image", COMMANDS)
def test_an_image_has_the_packages_that_its_commands_import(image: str) -> None:
    """Every import is of a package in the image's requirements, or has a reason not to be."""
    _, others = reached_from(COMMANDS[image])
    pinned, distributions = set(pins(image)), packages_distributions()
    missing = {
        name
        for name in others
        if not pinned & {canonical(each) for each in distributions.get(name, [])} and (image, name) not in NOT_NEEDED
    }
    assert not missing


def test_the_portal_stays_small() -> None:
    """What learns and forecasts is no part of what shows pages."""
    assert not {"scikit-learn", "scipy", "prophet", "pandas", "statsmodels", "grpcio"} & set(pins("portal"))


@pytest.mark.parametrize("image", COMMANDS)
def test_no_image_has_torch(image: str) -> None:
    """Several GB for nothing that we use."""
    assert not {"torch", "triton", "tensorflow"} & set(pins(image))
