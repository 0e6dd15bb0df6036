"""A real server whose classifier files a ticket under its first word."""

from collections.abc import Iterator

import pytest

from tests.fakes.classifier import FakeSource
from tests.integration.classifier_service.serving.serving_server import Served, make_settings, serving
from tests.integration.etl.classification.classified_desk import ClassifiedDesk


@pytest.fixture
def source() -> FakeSource:
    """Publishes version m1 of a model and r1 of rules."""
    return FakeSource()


@pytest.fixture
def served(classified_desk: ClassifiedDesk, source: FakeSource) -> Iterator[Served]:
    """A server that serves, where the desk's jobs look for it."""
    with serving(make_settings(classified_desk.data_dir), source) as running:
        classified_desk.use_service_at(running.address)
        yield running
