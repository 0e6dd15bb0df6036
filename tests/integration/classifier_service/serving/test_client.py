"""The client: every method, batches, replicas, and named errors when things go wrong."""

import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import grpc
import pytest

from classifier_service.classification import Decider, Priority, Sentiment, Term, Ticket, Urgency
from classifier_service.client import ClassifierClient
from classifier_service.errors import (
    InvalidTicketError,
    ServiceFailedError,
    ServiceTimeoutError,
    ServiceUnavailableError,
)
from classifier_service.served_model import ModelMetric, ServedCategory, ServedModel
from classifier_service.serving.served_classifier import Published
from protos.gen.classifier.v1 import classifier_service_pb2 as pb
from protos.gen.classifier.v1.classifier_service_pb2_grpc import (
    ClassifierServiceServicer,
    add_ClassifierServiceServicer_to_server,
)
from tests.fakes.classifier import TRAINED_AT, FakeSource
from tests.integration.classifier_service.serving.serving_server import Served, make_settings, serving, wait_until


def ticket(text: str) -> Ticket:
    """Return a ticket of a school."""
    return Ticket("", text, "school")


def test_an_answer_comes_back_as_it_was_given(client: ClassifierClient, source: FakeSource) -> None:
    """Every value survives both conversions."""
    given = source.opened["m1"].classify([ticket("book_order please")])[0]
    assert client.classify(ticket("book_order please")) == given
    assert (given.category.decider, given.priority.priority) == (Decider.BOTH, Priority.HIGH)
    assert (given.urgency, given.sentiment.sentiment) == (Urgency.URGENT, Sentiment.FRUSTRATED)


def test_many_tickets_go_in_batches(client: ClassifierClient, source: FakeSource) -> None:
    """In order, whatever the size of the batches, and none for no tickets."""
    answers = client.classify_many((ticket(f"c{number}") for number in range(600)), batch_tickets=250)
    assert [answer.category.category for answer in answers] == [f"c{number}" for number in range(600)]
    assert list(client.classify_many([])) == []
    assert max(source.opened["m1"].seen) <= 64


def test_batches_stay_below_the_size_that_the_service_takes(client: ClassifierClient) -> None:
    """Long tickets make short batches; texts over the limit are cut."""
    long = ticket("word " + "😀" * 30_000)
    assert len(list(client.classify_many([long] * 150, batch_tickets=1_024))) == 150


def test_half_a_surrogate_pair_is_no_obstacle(client: ClassifierClient) -> None:
    """A text from a broken system is classified like any other."""
    assert client.classify(ticket("a \ud83d")).category.category == "a"


def test_a_stream_gives_ids_back(client: ClassifierClient) -> None:
    """An answer or an error for each ticket."""
    answers = dict(client.stream([("1", ticket("a")), ("2", ticket("")), ("3", ticket("c"))]))
    one, two, three = answers["1"], answers["2"], answers["3"]
    assert not isinstance(one, InvalidTicketError)
    assert not isinstance(three, InvalidTicketError)
    assert (one.category.category, three.category.category) == ("a", "c")
    assert isinstance(two, InvalidTicketError)
    assert two.field == "ticket"


def test_an_explanation_comes_back_as_it_was_given(client: ClassifierClient) -> None:
    """Terms with their sources."""
    assert client.explain(ticket("delivery late")).terms == (
        Term("delivery", 2.5, "keyword"),
        Term("del", -0.5, "model"),
    )


def test_categories_and_model_come_back_as_they_were_given(client: ClassifierClient) -> None:
    """A time that is not known is None."""
    assert client.categories() == (ServedCategory("book_order", "Book order", "Orders.", is_learnt=True),)
    assert client.model() == ServedModel(
        "m1", "fast", TRAINED_AT, None, TRAINED_AT, (ModelMetric("accuracy", 0.9),), "r1"
    )


def test_an_invalid_ticket_is_named(client: ClassifierClient) -> None:
    """With its place in the batch."""
    with pytest.raises(InvalidTicketError) as caught:
        list(client.classify_many([ticket("a"), ticket(" ")]))
    assert caught.value.field == "tickets[1]"


class Flaky(ClassifierServiceServicer):
    """Fails some times with a status, then describes its model."""

    def __init__(self, code: grpc.StatusCode, failures: int) -> None:
        self.code = code
        self.failures = failures
        self.calls = 0

    def GetModel(self, _request: pb.GetModelRequest, context: grpc.ServicerContext) -> pb.GetModelResponse:  # noqa: N802
        self.calls += 1
        if self.calls <= self.failures:
            context.abort(self.code, "not now")
        return pb.GetModelResponse(model=pb.Model(version="m1", flavour=pb.MODEL_FLAVOUR_FAST))


@contextmanager
def flaky_service(servicer: Flaky) -> Iterator[ClassifierClient]:
    """Serve it, and yield a client of it."""
    server = grpc.server(ThreadPoolExecutor(2))
    add_ClassifierServiceServicer_to_server(servicer, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        with ClassifierClient([f"127.0.0.1:{port}"]) as client:
            yield client
    finally:
        server.stop(None)


def test_unavailable_is_tried_again() -> None:
    """A replica that is just being replaced is not noticed."""
    servicer = Flaky(grpc.StatusCode.UNAVAILABLE, failures=3)
    with flaky_service(servicer) as client:
        assert client.model().version == "m1"
    assert servicer.calls == 4


def test_it_is_not_tried_for_ever() -> None:
    """After five attempts the caller is told."""
    servicer = Flaky(grpc.StatusCode.UNAVAILABLE, failures=100)
    with flaky_service(servicer) as client, pytest.raises(ServiceUnavailableError):
        client.model()
    assert servicer.calls == 5


@pytest.mark.parametrize("code", [grpc.StatusCode.INTERNAL, grpc.StatusCode.UNKNOWN, grpc.StatusCode.UNIMPLEMENTED])
def test_another_failure_is_not_tried_again(code: grpc.StatusCode) -> None:
    """Trying again would not mend it."""
    servicer = Flaky(code, failures=100)
    with flaky_service(servicer) as client, pytest.raises(ServiceFailedError, match=code.name):
        client.model()
    assert servicer.calls == 1


def test_nobody_there_is_unavailable() -> None:
    """With a sentence, not gRPC's words about sockets."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        with ClassifierClient([address]) as client, pytest.raises(ServiceUnavailableError) as caught:
            client.classify(ticket("a"))
    assert caught.value.message == "The classifier service does not answer."


def test_a_deadline_is_kept(served: Served, source: FakeSource) -> None:
    """A service that takes too long is given up."""
    with ClassifierClient([served.address], deadline_seconds=0.2) as client, pytest.raises(ServiceTimeoutError):
        list(client.classify_many([ticket("a wait")]))
    source.opened["m1"].gate.set()


def test_a_service_with_nothing_published_says_what_to_do(tmp_path: Path) -> None:
    """Its own sentence reaches the caller."""
    source = FakeSource(Published(None, None))
    with (
        serving(make_settings(tmp_path), source, waits=False) as served,
        ClassifierClient([served.address]) as client,
        pytest.raises(ServiceUnavailableError, match="classifier promote"),
    ):
        client.classify(ticket("a"))


def test_calls_go_to_every_replica_in_turn(tmp_path: Path) -> None:
    """Half of the calls to each of two."""
    sources = FakeSource(Published("m1", "r1")), FakeSource(Published("m2", "r1"))
    settings = make_settings(tmp_path)
    with (
        serving(settings, sources[0]) as one,
        serving(settings, sources[1]) as two,
        ClassifierClient([one.address, two.address]) as client,
    ):
        wait_until(lambda: len({client.model().version for _ in range(4)}) == 2, "one of them is never called")
        versions = Counter(client.classify(ticket("a")).model_version for _ in range(40))
    assert versions == {"m1": 20, "m2": 20}


def test_when_a_replica_goes_the_other_one_answers(tmp_path: Path) -> None:
    """No call fails."""
    settings = make_settings(tmp_path)
    with serving(settings, FakeSource(Published("m2", "r1"))) as two:
        with serving(settings, FakeSource()) as one:
            client = ClassifierClient([one.address, two.address])
            wait_until(lambda: len({client.model().version for _ in range(4)}) == 2, "one of them is never called")
        assert {client.classify(ticket("a")).model_version for _ in range(20)} == {"m2"}
        client.close()


def test_the_client_stays_small() -> None:
    """A program that only calls the service loads neither numpy nor scikit-learn."""
    program = (
        "import sys, classifier_service.client\n"
        "print([name for name in ('numpy', 'sklearn', 'scipy', 'joblib', 'lingua', 'pandas') if name in sys.modules])"
    )
    finished = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert finished.stdout.strip() == "[]"
