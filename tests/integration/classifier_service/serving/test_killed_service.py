"""A service that is killed while a client classifies in batches."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from classifier_service.classification import Classification, Ticket
from classifier_service.client import ClassifierClient
from classifier_service.errors import ServiceUnavailableError
from tests.integration.classifier_service.serving.published import publish, registry_in
from tests.integration.classifier_service.serving.service_process import service_process

TICKETS = [Ticket(f"Ticket {number}", "Where is my order?") for number in range(20_000)]


def killed_in_the_middle(client: ClassifierClient, pid: int) -> Iterator[Classification]:
    """Yield answers, and kill the service after a thousand."""
    for place, answer in enumerate(client.classify_many(TICKETS, batch_tickets=100), start=1):
        yield answer
        if place == 1_000:
            os.kill(pid, signal.SIGKILL)


def test_what_was_answered_before_the_kill_is_right_and_the_rest_can_be_asked_again(tmp_path: Path) -> None:
    """The client says that the service is gone; going on where it stopped, every ticket has one answer."""
    publish(registry_in(tmp_path))
    answers: list[Classification] = []
    with service_process(tmp_path) as service:
        service.wait_until_it_serves()
        with ClassifierClient([service.address]) as client, pytest.raises(ServiceUnavailableError):
            answers.extend(killed_in_the_middle(client, service.process.pid))
    assert 1_000 <= len(answers) < len(TICKETS)
    assert len(answers) % 100 == 0
    with service_process(tmp_path) as service, ClassifierClient([service.address]) as client:
        service.wait_until_it_serves()
        answers += client.classify_many(TICKETS[len(answers) : len(answers) + 500])
        assert client.classify(TICKETS[0]) == answers[0]
    assert {answer.category.category for answer in answers} == {"book_order"}


def test_a_process_killed_among_several_is_not_noticed(tmp_path: Path) -> None:
    """The batch that it worked on is asked again, and another process answers."""
    from tests.integration.classifier_service.serving.test_lifecycle import workers_of  # noqa: PLC0415 - here only

    publish(registry_in(tmp_path))
    with service_process(tmp_path, "--processes", "2") as service:
        service.wait_until_it_serves()
        with ClassifierClient([service.address]) as client:
            answered = 0
            for _answer in client.classify_many(TICKETS[:4_000], batch_tickets=100):
                answered += 1
                if answered == 1_000:
                    victim = workers_of(service)[0]
                    victim.kill()
    assert answered == 4_000
