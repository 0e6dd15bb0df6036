"""Promotion, rollback and new rules while callers keep calling: not one call fails, and all are taken up."""

import contextlib
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from classifier_service.classification import Ticket
from classifier_service.client import ClassifierClient
from classifier_service.errors import ClassifierError, InvalidTicketError
from classifier_service.registry.opening import open_registry
from classifier_service.serving.registry_source import RegistrySource
from tests.factories.models import make_bundle, make_card
from tests.integration.classifier_service.serving.published import FIRST, SECOND, other_rules, publish, registry_in
from tests.integration.classifier_service.serving.serving_server import Served, make_settings, serving, wait_until

TICKET = Ticket("Where is my order?", "My delivery has not come.")


@dataclass(slots=True)
class Callers:
    """Call without a pause, each in its own way.

    Attributes:
        address: Of the service.
        seen: Versions of (model, rules) in the answers, in the order of their first appearance, with when.
        failures: Calls that failed.
        answered: How many tickets were.
    """

    address: str
    seen: dict[tuple[str, str], float] = field(default_factory=dict)
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
        self.seen.setdefault((model_version, rules_version), time.monotonic())


@pytest.fixture
def rules_version(tmp_path: Path) -> str:
    """The version of the rules that are published with the first model."""
    return publish(registry_in(tmp_path))


@pytest.fixture
def served(tmp_path: Path, rules_version: str) -> Iterator[Served]:
    """A server on a real registry, asking as seldom as it does by default."""
    assert rules_version
    settings = make_settings(tmp_path, SIGNING_KEY_FILE=tmp_path / "classifier_signing_key", POLL_SECONDS=3)
    with serving(settings, RegistrySource(open_registry(settings.registry))) as running:
        yield running


def test_no_call_fails_while_models_and_rules_change(served: Served, tmp_path: Path, rules_version: str) -> None:
    """A promotion, new rules and a rollback are each taken up within ten seconds, under load."""
    registry = registry_in(tmp_path)
    registry.publish_model(make_bundle(), make_card(SECOND))
    callers = Callers(served.address)
    with callers.calling():
        wait_until(lambda: (FIRST, rules_version) in callers.seen, "nothing was answered")
        registry.promote(SECOND)
        assert taken_up(callers, (SECOND, rules_version)) <= 10
        new_rules = registry.publish_rules(other_rules())
        assert taken_up(callers, (SECOND, new_rules)) <= 10
        assert registry.rollback() == FIRST
        assert taken_up(callers, (FIRST, new_rules)) <= 10
    assert callers.failures == []
    assert callers.answered > 100


def taken_up(callers: Callers, versions: tuple[str, str]) -> float:
    """Return after how many seconds these versions answer."""
    began = time.monotonic()
    wait_until(lambda: versions in callers.seen, f"never taken up: {versions}")
    return callers.seen[versions] - began


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
    assert set(callers.seen) == {(FIRST, rules_version)}
