"""Every error of the table over a real port, each limit, and bytes that are no message."""

from collections.abc import Iterator
from pathlib import Path

import grpc
import pytest

from classifier_service.errors import RegistryError
from classifier_service.serving.served_classifier import Published
from protos.gen.classifier.v1 import classifier_service_pb2 as pb
from tests.fakes.classifier import FakeSource
from tests.integration.classifier_service.serving.raw_calls import raw_call, raw_stream
from tests.integration.classifier_service.serving.refusals import refused
from tests.integration.classifier_service.serving.serving_server import (
    SERVICE,
    Served,
    make_settings,
    serving,
    wait_until,
)

INVALID = grpc.StatusCode.INVALID_ARGUMENT


@pytest.mark.parametrize(
    ("ticket", "field"),
    [
        (pb.Ticket(), "ticket"),
        (pb.Ticket(subject=" \n", content="\t"), "ticket"),
        (pb.Ticket(subject="s" * 1_001), "ticket.subject"),
        (pb.Ticket(content="é" * 20_001), "ticket.content"),
        (pb.Ticket(content="c", customer_type="t" * 101), "ticket.customer_type"),
    ],
    ids=["missing", "blank", "long subject", "long content", "long customer type"],
)
def test_a_ticket_outside_the_limits_is_refused_by_field(served: Served, ticket: pb.Ticket, field: str) -> None:
    """The field is named, and its value is not repeated."""
    with refused(INVALID) as refusal:
        served.stub.ClassifyTicket(pb.ClassifyTicketRequest(ticket=ticket))
    assert refusal.field == field
    with refused(INVALID) as explained:
        served.stub.ExplainTicket(pb.ExplainTicketRequest(ticket=ticket))
    assert explained == refusal
    assert len(refusal.details) < 100


def test_a_ticket_at_the_limits_is_taken(served: Served) -> None:
    """The limits are those that the contract states, in characters and not bytes."""
    ticket = pb.Ticket(subject="s" * 1_000, content="😀" * 20_000, customer_type="t" * 100)
    served.stub.ClassifyTicket(pb.ClassifyTicketRequest(ticket=ticket))


@pytest.mark.parametrize("count", [0, 1_025])
def test_a_batch_of_the_wrong_size_is_refused(served: Served, count: int) -> None:
    """None and too many are both refused, before anything is classified."""
    with refused(INVALID) as refusal:
        served.stub.BatchClassifyTickets(pb.BatchClassifyTicketsRequest(tickets=[pb.Ticket(content="c")] * count))
    assert (refusal.field, refusal.details) == ("tickets", "tickets: A batch has 1 to 1,024 tickets.")


def test_the_bad_ticket_of_a_batch_is_named(served: Served) -> None:
    """By its place, counted from 0."""
    tickets = [*[pb.Ticket(content="c")] * 3, pb.Ticket(content="c" * 20_001)]
    with refused(INVALID) as refusal:
        served.stub.BatchClassifyTickets(pb.BatchClassifyTicketsRequest(tickets=tickets))
    assert refusal.field == "tickets[3].content"


def test_a_request_larger_than_the_limit_is_refused(served: Served) -> None:
    """Before it is even read."""
    tickets = [pb.Ticket(content="c" * 20_000)] * 250
    with refused(grpc.StatusCode.RESOURCE_EXHAUSTED):
        served.stub.BatchClassifyTickets(pb.BatchClassifyTicketsRequest(tickets=tickets))


def test_limits_can_be_set(tmp_path: Path, source: FakeSource) -> None:
    """A desk with short tickets can take less."""
    settings = make_settings(tmp_path, MAX_CONTENT_CHARACTERS=10, MAX_REQUEST_BYTES=2048)
    with serving(settings, source) as served:
        with refused(INVALID) as refusal:
            served.stub.ClassifyTicket(pb.ClassifyTicketRequest(ticket=pb.Ticket(content="c" * 11)))
        assert refusal.details == "ticket.content: It has more than 10 characters."
        with refused(grpc.StatusCode.RESOURCE_EXHAUSTED):
            served.stub.ClassifyTicket(pb.ClassifyTicketRequest(ticket=pb.Ticket(content="c" * 2048)))


NOT_UTF8 = b"\x0a\x03\x0a\x01\xff"
TRUNCATED = b"\x0a\xff"


@pytest.mark.parametrize("data", [NOT_UTF8, TRUNCATED], ids=["not UTF-8", "truncated"])
@pytest.mark.parametrize("method", ["ClassifyTicket", "BatchClassifyTickets", "ExplainTicket"])
def test_bytes_that_are_no_message_are_refused(served: Served, method: str, data: bytes) -> None:
    """The caller is told that it is the request's fault, not the service's."""
    with refused(INVALID) as refusal:
        raw_call(served.channel, f"/{SERVICE}/{method}", data)
    assert "not a message of the contract" in refusal.details


def test_a_stream_of_bytes_that_are_no_message_is_refused(served: Served) -> None:
    """What came before is answered."""
    good = pb.StreamClassifyTicketsRequest(id="1", ticket=pb.Ticket(content="c")).SerializeToString()
    answers: list[bytes] = []
    with refused(INVALID):
        raw_stream(served.channel, f"/{SERVICE}/StreamClassifyTickets", [good, b"\x0a\xff"], answers)
    assert [pb.StreamClassifyTicketsResponse.FromString(answer).id for answer in answers] == ["1"]


@pytest.mark.parametrize("path", ["/grpc.health.v1.Health/Check", "/grpc.health.v1.Health/Watch"])
def test_health_answers_bytes_that_are_no_message_in_the_same_way(served: Served, path: str) -> None:
    """Nothing that comes in becomes INTERNAL."""
    with refused(INVALID):
        if path.endswith("Watch"):
            raw_stream(served.channel, path, [b"\x0a\xff"])
        else:
            raw_call(served.channel, path, b"\x0a\xff")


def test_an_unknown_method_is_unimplemented(served: Served) -> None:
    """As gRPC has it."""
    with refused(grpc.StatusCode.UNIMPLEMENTED):
        raw_call(served.channel, f"/{SERVICE}/NoSuchMethod", b"")


def requests_of_every_kind(served: Served) -> Iterator[tuple[str, object]]:
    """Yield a call of every method."""
    ticket = pb.Ticket(content="c")
    yield "ClassifyTicket", lambda: served.stub.ClassifyTicket(pb.ClassifyTicketRequest(ticket=ticket))
    yield (
        "BatchClassifyTickets",
        lambda: served.stub.BatchClassifyTickets(pb.BatchClassifyTicketsRequest(tickets=[ticket])),
    )
    yield (
        "StreamClassifyTickets",
        lambda: list(served.stub.StreamClassifyTickets(iter([pb.StreamClassifyTicketsRequest(ticket=ticket)]))),
    )
    yield "ExplainTicket", lambda: served.stub.ExplainTicket(pb.ExplainTicketRequest(ticket=ticket))
    yield "ListCategories", lambda: served.stub.ListCategories(pb.ListCategoriesRequest())
    yield "GetModel", lambda: served.stub.GetModel(pb.GetModelRequest())


@pytest.mark.parametrize("now", [Published(None, None), Published("m1", None), Published(None, "r1")])
def test_an_empty_registry_answers_unavailable_and_says_what_to_do(tmp_path: Path, now: Published) -> None:
    """The service is alive, does not serve, and tells every caller in one sentence why."""
    source = FakeSource(now)
    with serving(make_settings(tmp_path), source, waits=False) as served:
        assert served.status() == served.status("") == 2
        for _method, call in requests_of_every_kind(served):
            with refused(grpc.StatusCode.UNAVAILABLE) as refusal:
                call()  # type: ignore[operator]
            assert "classifier train" in refusal.details
        source.now = Published("m1", "r1")
        wait_until(lambda: served.status() == 1, "what was published was never taken up")


def test_a_refused_model_leaves_the_old_one_serving(served: Served, source: FakeSource) -> None:
    """Nobody notices but the log and the metrics."""
    source.refused["m2"] = RegistryError("The model was altered.")
    source.now = Published("m2", "r1")
    wait_until(lambda: source.loads == 2, "the new model was never tried")
    assert served.stub.GetModel(pb.GetModelRequest()).model.version == "m1"
    assert served.status() == 1


def test_an_unreachable_registry_leaves_the_old_one_serving(served: Served, source: FakeSource) -> None:
    """The store of models may be away; answering needs none."""
    source.failure = RegistryError("The registry cannot be reached.")
    source.now = Published("m2", "r1")
    with pytest.raises(AssertionError):
        wait_until(lambda: source.loads == 2, "as it should be", seconds=1.5)
    source.failure = None
    wait_until(lambda: served.stub.GetModel(pb.GetModelRequest()).model.version == "m2", "never recovered")
