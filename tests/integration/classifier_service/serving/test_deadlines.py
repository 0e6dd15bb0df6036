"""Work that nobody waits for is not done: deadlines, cancelled calls, and streams whose caller does not read."""

import logging
import threading
from collections.abc import Callable, Iterator

import grpc
import pytest

from protos.gen.classifier.v1 import classifier_service_pb2 as pb
from protos.gen.classifier.v1.classifier_service_pb2_grpc import ClassifierServiceStub
from tests.fakes.classifier import FakeSource
from tests.integration.classifier_service.serving.refusals import refused
from tests.integration.classifier_service.serving.serving_server import Served, wait_until

LATE = grpc.StatusCode.DEADLINE_EXCEEDED


def request(text: str) -> pb.ClassifyTicketRequest:
    """Ask for one ticket."""
    return pb.ClassifyTicketRequest(ticket=pb.Ticket(content=text))


def batch(*texts: str) -> pb.BatchClassifyTicketsRequest:
    """Ask for several."""
    return pb.BatchClassifyTicketsRequest(tickets=[pb.Ticket(content=text) for text in texts])


@pytest.fixture
def calls_given_up(caplog: pytest.LogCaptureFixture) -> Callable[[], int]:
    """How many calls the service has ended without an answer. It learns of a deadline a little after its caller."""
    caplog.set_level(logging.INFO, "classifier_service.serving.interceptors.counting")
    return lambda: sum(record.getMessage() == "call" for record in caplog.records)


def test_a_ticket_whose_deadline_passed_while_it_waited_is_not_classified(served: Served, source: FakeSource) -> None:
    """It is taken out of the queue."""
    classifier = source.opened["m1"]
    before = len(classifier.seen)
    blocking = served.stub.ClassifyTicket.future(request("a wait"))
    wait_until(lambda: len(classifier.seen) > before, "the first ticket was never worked on")
    with refused(LATE):
        served.stub.ClassifyTicket(request("late"), timeout=0.2)
    classifier.gate.set()
    blocking.result(10)
    served.stub.ClassifyTicket(request("b"))
    assert sum(classifier.seen[before:]) <= 3


def test_a_batch_stops_when_its_deadline_has_passed(
    served: Served, source: FakeSource, calls_given_up: Callable[[], int]
) -> None:
    """Within the batch: the pieces that were not begun are left."""
    classifier = source.opened["m1"]
    before = len(classifier.seen)
    with refused(LATE):
        served.stub.BatchClassifyTickets(batch("a wait", *["b"] * 1_023), timeout=0.3)
    wait_until(lambda: calls_given_up() == 1, "the service never gave the batch up")
    classifier.gate.set()
    served.stub.BatchClassifyTickets(batch("c"))
    assert sum(classifier.seen[before:]) <= 130


def test_a_cancelled_batch_stops(served: Served, source: FakeSource, calls_given_up: Callable[[], int]) -> None:
    """A caller that hangs up costs no more than the piece under way."""
    classifier = source.opened["m1"]
    before = len(classifier.seen)
    call = served.stub.BatchClassifyTickets.future(batch("a wait", *["b"] * 1_023))
    wait_until(lambda: len(classifier.seen) > before, "the batch was never begun")
    call.cancel()
    wait_until(lambda: calls_given_up() == 1, "the service never gave the batch up")
    classifier.gate.set()
    served.stub.BatchClassifyTickets(batch("c"))
    assert sum(classifier.seen[before:]) <= 130


def test_other_calls_are_answered_while_a_batch_is_worked_on(served: Served, source: FakeSource) -> None:
    """Health and the model's description do not wait for it."""
    classifier = source.opened["m1"]
    before = len(classifier.seen)
    call = served.stub.BatchClassifyTickets.future(batch("a wait"))
    wait_until(lambda: len(classifier.seen) > before, "the batch was never begun")
    assert served.status() == 1
    assert served.stub.GetModel(pb.GetModelRequest(), timeout=5).model.version == "m1"
    classifier.gate.set()
    assert len(call.result(10).classifications) == 1


class Endless:
    """Tickets without end, counted as they are sent."""

    def __init__(self) -> None:
        self.sent = 0
        self.is_over = threading.Event()

    def requests(self) -> Iterator[pb.StreamClassifyTicketsRequest]:
        while not self.is_over.is_set():
            self.sent += 1
            yield pb.StreamClassifyTicketsRequest(id=str(self.sent), ticket=pb.Ticket(content="word " * 2_000))


def test_a_stream_whose_caller_reads_no_answers_is_not_read_either(served: Served, source: FakeSource) -> None:
    """What waits in the service stays bounded: the caller is held back by HTTP/2."""
    classifier = source.opened["m1"]
    before = sum(classifier.seen)
    tickets = Endless()
    # A fixed window for answers of 64 KB; otherwise gRPC widens it as long as the machine is quick.
    channel = grpc.insecure_channel(served.address, [("grpc.http2.bdp_probe", 0)])
    call = ClassifierServiceStub(channel).StreamClassifyTickets(tickets.requests())
    sent = -1
    while sent != tickets.sent:
        sent = tickets.sent
        threading.Event().wait(0.5)
    # Not one answer was read, so what was classified fits into the windows of the connection.
    assert sum(classifier.seen) - before < 5_000
    answers = [next(call) for _ in range(500)]
    assert [answer.id for answer in answers] == [str(number) for number in range(1, 501)]
    wait_until(lambda: tickets.sent > sent, "the stream never went on")
    tickets.is_over.set()
    call.cancel()
    channel.close()


def test_a_cancelled_stream_ends(served: Served, source: FakeSource) -> None:
    """Nothing more is classified for it, and the service goes on."""
    classifier = source.opened["m1"]
    tickets = Endless()
    call = served.stub.StreamClassifyTickets(tickets.requests())
    next(call)
    call.cancel()
    with pytest.raises(grpc.RpcError):
        list(call)
    tickets.is_over.set()
    seen = -1
    while seen != sum(classifier.seen):
        seen = sum(classifier.seen)
        threading.Event().wait(0.3)
    assert served.stub.GetModel(pb.GetModelRequest()).model.version == "m1"


def test_a_stream_has_a_deadline(served: Served) -> None:
    """Like every call."""
    tickets = Endless()
    with refused(LATE):
        list(served.stub.StreamClassifyTickets(tickets.requests(), timeout=0.3))
    tickets.is_over.set()
