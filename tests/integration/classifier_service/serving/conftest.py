"""A server with a classifier that the test steers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from classifier_service.client import ClassifierClient
from tests.fakes.classifier import FakeSource
from tests.integration.classifier_service.serving.serving_server import Served, make_settings, serving


@pytest.fixture
def source() -> FakeSource:
    """Publishes version m1 of a model and r1 of rules."""
    return FakeSource()


@pytest.fixture
def served(tmp_path: Path, source: FakeSource) -> Iterator[Served]:
    """A server that serves."""
    with serving(make_settings(tmp_path), source) as running:
        yield running


@pytest.fixture
def client(served: Served) -> Iterator[ClassifierClient]:
    """A client of that server."""
    with ClassifierClient([served.address]) as made:
        yield made
