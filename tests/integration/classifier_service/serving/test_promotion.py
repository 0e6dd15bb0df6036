"""Promotion, rollback and new rules while callers keep calling: not one call fails, and all are taken up."""

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from classifier_service.classification import Ticket
from classifier_service.client import ClassifierClient
from classifier_service.errors import ClassifierError, InvalidTicketError
from classifier_service.registry.opening import open_registry
from classifier_service.registry.registry import Registry
from classifier_service.serving.registry_source import RegistrySource
from classifier_service.serving.served_classifier import Published, ServedClassifier
from classifier_service.settings import ServiceSettings
from tests.factories.models import make_bundle, make_card
from tests.integration.classifier_service.serving.published import FIRST, SECOND, other_rules, publish, registry_in
from tests.integration.classifier_service.serving.serving_server import Served, make_settings, serving, wait_until

TICKET = Ticket("Where is my order?", "My delivery has not come.")


@dataclass(slots=True)
class Callers:
    """Call without a pause, each in its own way.

    Attributes:
        address: Of the service.
        seen: Versions of (model, rules) in the answers.
        failures: Calls that failed.
        answered: How many tickets were.
    """

    address: str
    seen: set[tuple[str, str]] = field(default_factory=set)
    failures: list[ClassifierError] = field(default_factory=list)
    answered: int = 0
    is_over: threading.Event = field(default_factory=threading.Event)

    @contextlib.contextmanager
    def calling(self) -> Iterator[None]:
        """Call until the context ends."""
        threads = [threading.Thread(target=work) for work in (self._single, self._single, self._batches, self._stream)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.is_over.set()
            for thread in threads:
                thread.join(60)

    def _single(self) -> None:
        with ClassifierClient([self.address]) as client, self._noting():
            while not self.is_over.is_set():
                answer = client.classify(TICKET)
                self._note(answer.model_version, answer.rules_version)

    def _batches(self) -> None:
        with ClassifierClient([self.address]) as client, self._noting():
            while not self.is_over.is_set():
                answers = list(client.classify_many([TICKET] * 100))
                assert len({(answer.model_version, answer.rules_version) for answer in answers}) == 1
                self._note(answers[0].model_version, answers[0].rules_version)

    def _stream(self) -> None:
        with ClassifierClient([self.address]) as client, self._noting():
            for _name, answer in client.stream(self._tickets()):
                assert not isinstance(answer, InvalidTicketError)
                self._note(answer.model_version, answer.rules_version)

    def _tickets(self) -> Iterator[tuple[str, Ticket]]:
        while not self.is_over.is_set():
            yield "", TICKET

    @contextlib.contextmanager
    def _noting(self) -> Iterator[None]:
        try:
            yield
        except ClassifierError as error:
            self.failures.append(error)

    def _note(self, model_version: str, rules_version: str) -> None:
        self.answered += 1
        self.seen.add((model_version, rules_version))


class WatchedSource(RegistrySource):
    """Remembers, in their order, what the registry named and what was opened."""

    def __init__(self, registry: Registry) -> None:
        """Read this registry."""
        super().__init__(registry)
        self.events: list[tuple[str, Published]] = []

    def published(self) -> Published:
        named = super().published()
        self.events.append(("named", named))
        return named

    def load(self, published: Published) -> ServedClassifier:
        self.events.append(("opened", published))
        return super().load(published)


@pytest.fixture
def rules_version(tmp_path: Path) -> str:
    """The version of the rules that are published with the first model."""
    return publish(registry_in(tmp_path))


@pytest.fixture
def settings(tmp_path: Path) -> ServiceSettings:
    """Of a server that asks the registry every second."""
    return make_settings(tmp_path, SIGNING_KEY_FILE=tmp_path / "classifier_signing_key")


@pytest.fixture
def source(settings: ServiceSettings) -> WatchedSource:
    """A real registry."""
    return WatchedSource(open_registry(settings.registry))


@pytest.fixture
def served(settings: ServiceSettings, source: WatchedSource, rules_version: str) -> Iterator[Served]:
    """A server on that registry."""
    assert rules_version
    with serving(settings, source) as running:
        yield running


def test_no_call_fails_while_models_and_rules_change(
    served: Served, source: WatchedSource, tmp_path: Path, rules_version: str
) -> None:
    """A promotion, new rules and a rollback are each taken up when the registry is next asked, under load."""
    registry = registry_in(tmp_path)
    registry.publish_model(make_bundle(), make_card(SECOND))
    callers = Callers(served.address)
    with callers.calling():
        wait_until(lambda: (FIRST, rules_version) in callers.seen, "nothing was answered")
        registry.promote(SECOND)
        wait_until_taken_up(callers, source, Published(SECOND, rules_version))
        new_rules = registry.publish_rules(other_rules())
        wait_until_taken_up(callers, source, Published(SECOND, new_rules))
        assert registry.rollback() == FIRST
        wait_until_taken_up(callers, source, Published(FIRST, new_rules))
        wait_until(lambda: callers.answered > 100, "too little was answered")
    assert callers.failures == []


def wait_until_taken_up(callers: Callers, source: WatchedSource, published: Published) -> None:
    """Wait for answers of these versions; they were opened the first time that the registry named them."""
    wait_until(lambda: tuple(published) in callers.seen, f"never taken up: {published}")
    first = source.events.index(("named", published))
    assert source.events[first + 1] == ("opened", published)


@pytest.mark.parametrize("damage", ["altered", "cut short"])
def test_a_damaged_model_is_refused_under_load(
    served: Served, tmp_path: Path, rules_version: str, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The old one goes on, and what was refused is in the log."""
    registry = registry_in(tmp_path)
    registry.publish_model(make_bundle(), make_card(SECOND))
    registry.promote(SECOND)
    file = tmp_path / "models" / "models" / SECOND / "model.joblib"
    content = file.read_bytes()
    file.write_bytes(content[:-1] + b"x" if damage == "altered" else content[:100])
    callers = Callers(served.address)
    with callers.calling():
        wait_until(lambda: any(record.getMessage() == "refused" for record in caplog.records), "never refused")
    assert callers.failures == []
    assert callers.seen == {(FIRST, rules_version)}
