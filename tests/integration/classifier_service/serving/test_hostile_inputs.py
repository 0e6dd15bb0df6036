"""More than ten thousand hostile inputs against the real classifier."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import grpc
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from classifier_service.registry.opening import open_registry
from classifier_service.serving.registry_source import RegistrySource
from protos.gen.classifier.v1 import classifier_service_pb2 as pb
from tests.conftest import examples
from tests.integration.classifier_service.serving.published import publish, registry_in
from tests.integration.classifier_service.serving.raw_calls import raw_call, raw_stream
from tests.integration.classifier_service.serving.serving_server import SERVICE, Served, make_settings, serving

EXAMPLES = 200
PER_EXAMPLE = 10
FINE = {
    grpc.StatusCode.OK,
    grpc.StatusCode.INVALID_ARGUMENT,
    grpc.StatusCode.RESOURCE_EXHAUSTED,
}

CONTROL = st.text(st.characters(categories=["Cc", "Cf"]), max_size=200)
RIGHT_TO_LEFT = st.text(st.characters(min_codepoint=0x590, max_codepoint=0x8FF), max_size=200)
EMOJI = st.text(st.characters(min_codepoint=0x1F300, max_codepoint=0x1FAFF), max_size=100)
COMBINING = st.text(st.characters(categories=["Mn", "Me"]), max_size=300)
ANY = st.text(max_size=300)
WORDS = st.sampled_from(
    [
        "order",
        "REFUND!!!",
        "password",
        "urgent",
        "ke",
        "kopa",
        "thuso",
        "ya",
        "mme",
        "l0gin",
        "don't",
        "é",
        "书",
        "\x00",
    ]
)
CODE_MIXED = st.lists(WORDS, max_size=60).map(" ".join)
HUGE = st.tuples(
    st.sampled_from(["a", "book ", "😀", "\x00", "\u202e", "e\u0301", "!?", "ke a "]), st.integers(1, 20)
).map(lambda pair: pair[0] * (pair[1] * 50_000 // len(pair[0])))
TEXTS = st.one_of(ANY, CONTROL, RIGHT_TO_LEFT, EMOJI, COMBINING, CODE_MIXED, st.just(""), st.just(" \t\n"))
TICKETS = st.builds(
    pb.Ticket,
    subject=TEXTS.map(lambda text: text.encode(errors="replace").decode()),
    content=TEXTS.map(lambda text: text.encode(errors="replace").decode()),
    customer_type=st.one_of(st.sampled_from(["", "school", "business"]), CONTROL),
)
QUIETLY = settings(
    max_examples=examples(EXAMPLES),
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Served]:
    """The real classifier, with rules, keywords, signals and a small model."""
    publish(registry_in(tmp_path))
    set_up = make_settings(tmp_path, SIGNING_KEY_FILE=tmp_path / "classifier_signing_key")
    with serving(set_up, RegistrySource(open_registry(set_up.registry))) as served:
        yield served


def test_nothing_crashes_the_service_and_nothing_becomes_internal(real: Served) -> None:
    """After more than ten thousand inputs an ordinary ticket gets its ordinary answer."""
    codes: Counter[grpc.StatusCode] = Counter()
    tickets_one_by_one(real, codes)
    tickets_of_a_stream(real, codes)
    explanations(real, codes)
    texts_of_up_to_a_megabyte(real, codes)
    for method in ("ClassifyTicket", "BatchClassifyTickets", "ExplainTicket", "GetModel"):
        bytes_that_may_be_anything(real, codes, method)
    streams_of_bytes_that_may_be_anything(real, codes)
    assert set(codes) <= FINE
    assert sum(codes.values()) >= 10_000
    ticket = pb.Ticket(content="Where is my order? The delivery is late.")
    answer = real.stub.ClassifyTicket(pb.ClassifyTicketRequest(ticket=ticket)).classification
    assert answer.category.category == "book_order"
    assert real.status() == 1


def classify(served: Served, ticket: pb.Ticket) -> grpc.StatusCode:
    """Return the status of one call; an answer holds what the contract promises."""
    try:
        answer = served.stub.ClassifyTicket(pb.ClassifyTicketRequest(ticket=ticket), timeout=60).classification
    except grpc.RpcError as error:
        return error.code()
    assert 0 <= answer.category.confidence <= 1
    assert answer.category.category
    assert answer.priority.priority != pb.PRIORITY_UNSPECIFIED
    assert len(answer.category.alternatives) <= 5
    return grpc.StatusCode.OK


@given(tickets=st.lists(TICKETS, min_size=PER_EXAMPLE, max_size=PER_EXAMPLE))
@QUIETLY
def tickets_one_by_one(real: Served, codes: Counter[grpc.StatusCode], tickets: list[pb.Ticket]) -> None:
    """Empty, control characters, right to left, emoji, combining marks, code-mixed."""
    codes.update(classify(real, ticket) for ticket in tickets)
    assert set(codes) <= FINE


@given(tickets=st.lists(TICKETS, min_size=30, max_size=30))
@QUIETLY
def tickets_of_a_stream(real: Served, codes: Counter[grpc.StatusCode], tickets: list[pb.Ticket]) -> None:
    """Every ticket is answered, with an answer or an error of its own."""
    requests = (pb.StreamClassifyTicketsRequest(id=str(place), ticket=each) for place, each in enumerate(tickets))
    answers = list(real.stub.StreamClassifyTickets(requests, timeout=60))
    assert [answer.id for answer in answers] == [str(place) for place in range(30)]
    codes.update(
        grpc.StatusCode.OK if answer.HasField("classification") else grpc.StatusCode.INVALID_ARGUMENT
        for answer in answers
    )


@given(ticket=TICKETS)
@QUIETLY
def explanations(real: Served, codes: Counter[grpc.StatusCode], ticket: pb.Ticket) -> None:
    """Whatever can be classified can be explained."""
    expected = classify(real, ticket)
    try:
        real.stub.ExplainTicket(pb.ExplainTicketRequest(ticket=ticket), timeout=60)
        code = grpc.StatusCode.OK
    except grpc.RpcError as error:
        code = error.code()
    assert code is expected
    codes[code] += 1


@given(text=HUGE)
@settings(QUIETLY, max_examples=examples(40))
def texts_of_up_to_a_megabyte(real: Served, codes: Counter[grpc.StatusCode], text: str) -> None:
    """They are over the limit, and refused as such."""
    code = classify(real, pb.Ticket(content=text))
    assert code is (grpc.StatusCode.OK if len(text) <= 20_000 else grpc.StatusCode.INVALID_ARGUMENT)
    codes[code] += 1


@given(batch=st.lists(st.binary(max_size=200), min_size=5, max_size=5))
@QUIETLY
def bytes_that_may_be_anything(real: Served, codes: Counter[grpc.StatusCode], method: str, batch: list[bytes]) -> None:
    """Also invalid UTF-8 in the place of a text."""
    for data in batch:
        codes[raw_code(real, method, data)] += 1
    for data in batch[:2]:
        content = b"\x12" + bytes([len(data)]) + data if len(data) < 128 else data
        codes[raw_code(real, method, b"\x0a" + bytes([min(len(content), 127)]) + content)] += 1
    assert set(codes) <= FINE


def raw_code(served: Served, method: str, data: bytes) -> grpc.StatusCode:
    """Return the status of a call with these bytes."""
    try:
        raw_call(served.channel, f"/{SERVICE}/{method}", data)
    except grpc.RpcError as error:
        return error.code()
    return grpc.StatusCode.OK


@given(data=st.binary(max_size=200))
@QUIETLY
def streams_of_bytes_that_may_be_anything(real: Served, codes: Counter[grpc.StatusCode], data: bytes) -> None:
    """The stream ends with a status that says whose fault it is."""
    try:
        raw_stream(real.channel, f"/{SERVICE}/StreamClassifyTickets", [data] * 3)
        codes[grpc.StatusCode.OK] += 1
    except grpc.RpcError as error:
        codes[error.code()] += 1
    assert set(codes) <= FINE
