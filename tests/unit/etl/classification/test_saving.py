"""Tickets are queued when every replica answers by the new rules, and not for ever waited for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from classifier_service.client import ClassifierClient
from classifier_service.errors import ServiceUnavailableError
from classifier_service.served_model import ServedModel
from etl.classification.saving import wait_until_served
from tests.fakes.classifier import TRAINED_AT


@dataclass(slots=True)
class FakeClient:
    """Answers with rules as a script says; an empty script is a service that does not answer.

    Attributes:
        rules: Version of each answer.
        now: Seconds.
    """

    rules: Iterator[str]
    now: float = 0.0

    def model(self) -> ServedModel:
        version = next(self.rules, None)
        if version is None:
            message = "The classifier service does not answer."
            raise ServiceUnavailableError(message)
        return ServedModel("m1", "fast", TRAINED_AT, None, None, (), version)

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def waits(client: FakeClient) -> bool:
    """Wait for the rules r2."""
    called = cast("ClassifierClient", client)
    return wait_until_served(called, lambda served: served.rules_version == "r2", lambda: client.now, client.sleep)


def test_it_waits_until_several_answers_in_a_row_are_by_the_new_rules() -> None:
    """One replica of several may be quicker than the others."""
    client = FakeClient(iter(["r1", "r2", "r1", "r2", "r2", "r2", "r2"]))
    assert waits(client)
    assert client.now == 1.0
    assert not list(client.rules)


def test_a_service_that_does_not_answer_is_not_waited_for() -> None:
    """It takes the new rules up when it starts."""
    client = FakeClient(iter([]))
    assert not waits(client)
    assert client.now == 0


def test_a_service_that_keeps_the_old_rules_is_given_up() -> None:
    """A registry that it cannot read holds nobody up for ever."""
    client = FakeClient(iter(["r1"] * 1_000))
    assert not waits(client)
    assert client.now == 20.0
