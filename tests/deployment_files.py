"""What the files of a deployment in containers say: docker-compose.yml and the Dockerfile."""

import re
from pathlib import Path
from typing import Any

import yaml

CHECKOUT = Path(__file__).parents[1]


def compose_file() -> dict[str, Any]:
    """Return docker-compose.yml."""
    document: dict[str, Any] = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text(encoding="utf-8"))
    return document


def compose_services() -> dict[str, dict[str, Any]]:
    """Return the services of docker-compose.yml."""
    services: dict[str, dict[str, Any]] = compose_file()["services"]
    return services


def python_image() -> str:
    """Return the image that the product's images are built on."""
    found = re.search(r"^ARG PYTHON_IMAGE=(\S+)$", (CHECKOUT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    assert found
    return found[1]
