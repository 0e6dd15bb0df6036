"""Every method of the contract, over a real port."""

from collections.abc import Iterator

import grpc
import pytest

from classifier_service.serving.served_classifier import Published
from protos.gen.classifier.v1 import classifier_service_pb2 as pb
from tests.fakes.classifier import FakeSource
from tests.integration.classifier_service.serving.refusals import refused
from tests.integration.classifier_service.serving.serving_server import Served, wait_until


def ticket(text: str = "book_order please") -> pb.Ticket:
    """Return a ticket."""
    return pb.Ticket(content=text, customer_type="school")


def test_a_ticket_is_classified(served: Served) -> None:
    """Every field of the answer arrives as the classifier gave it."""
    answer = served.stub.ClassifyTicket(pb.ClassifyTicketRequest(ticket=ticket())).classification
    expected = pb.Classification(
        category=pb.CategoryAnswer(
            category="book_order",
            confidence=0.9,
            decider=pb.DECIDER_BOTH,
            alternatives=[
                pb.CategoryScore(category="book_order", probability=0.9),
                pb.CategoryScore(category="other", probability=0.1),
            ],
        ),
        priority=pb.PriorityAnswer(priority=pb.PRIORITY_HIGH, reason="A school writes."),
        urgency=pb.URGENCY_URGENT,
        sentiment=pb.SentimentAnswer(sentiment=pb.SENTIMENT_FRUSTRATED, score=-0.75),
        language=pb.LanguageAnswer(language="en", confidence=0.99),
        model_version="m1",
        rules_version="r1",
    )
    assert answer == expected


@pytest.mark.parametrize("count", [1, 63, 64, 65, 1024])
def test_a_batch_is_answered_in_order(served: Served, count: int) -> None:
    """As many answers as tickets, each its own, up to the limit."""
    tickets = [ticket(f"c{number} please") for number in range(count)]
    answer = served.stub.BatchClassifyTickets(pb.BatchClassifyTicketsRequest(tickets=tickets))
    assert [each.category.category for each in answer.classifications] == [f"c{number}" for number in range(count)]


def test_a_stream_is_answered_in_order_with_the_ids(served: Served) -> None:
    """A bad ticket is answered with an error, and the stream goes on."""

    def requests() -> Iterator[pb.StreamClassifyTicketsRequest]:
        for number in range(1000):
            text = "" if number == 500 else f"c{number} please"
            yield pb.StreamClassifyTicketsRequest(id=f"id {number}", ticket=ticket(text))
        yield pb.StreamClassifyTicketsRequest(id="x" * 101, ticket=ticket())

    answers = list(served.stub.StreamClassifyTickets(requests()))
    assert [answer.id for answer in answers[:-1]] == [f"id {number}" for number in range(1000)]
    assert answers[500].error == pb.TicketError(field="ticket", description="A ticket needs a subject or a content.")
    assert answers[999].classification.category.category == "c999"
    assert answers[1000].id == "x" * 100
    assert answers[1000].error.field == "id"


def test_a_ticket_is_explained(served: Served) -> None:
    """Terms come with weight and source."""
    answer = served.stub.ExplainTicket(pb.ExplainTicketRequest(ticket=ticket()))
    assert answer.classification.category.category == "book_order"
    assert [*answer.terms] == [
        pb.Term(text="book_order", weight=2.5, source=pb.TERM_SOURCE_KEYWORD),
        pb.Term(text="boo", weight=-0.5, source=pb.TERM_SOURCE_MODEL),
    ]


def test_categories_are_listed(served: Served) -> None:
    """With the version of the rules that hold them."""
    answer = served.stub.ListCategories(pb.ListCategoriesRequest())
    category = pb.Category(slug="book_order", name="Book order", description="Orders.", is_learnt=True)
    assert answer == pb.ListCategoriesResponse(categories=[category], rules_version="r1")


def test_the_model_is_described(served: Served) -> None:
    """A time that is not known is left out rather than made up."""
    answer = served.stub.GetModel(pb.GetModelRequest())
    assert (answer.model.version, answer.model.flavour, answer.rules_version) == ("m1", pb.MODEL_FLAVOUR_FAST, "r1")
    assert answer.model.trained_at.seconds == answer.model.data_to.seconds > 0
    assert not answer.model.HasField("data_from")
    assert [(metric.name, metric.value) for metric in answer.model.metrics] == [("accuracy", 0.9)]


def test_tickets_that_come_while_one_is_worked_on_get_their_own_answers(served: Served, source: FakeSource) -> None:
    """Each is classified once. That they go together is shown with the queue alone, without a network in between."""
    classifier = source.opened["m1"]
    before = len(classifier.seen)
    first = served.stub.ClassifyTicket.future(pb.ClassifyTicketRequest(ticket=ticket("a wait")))
    wait_until(lambda: len(classifier.seen) > before, "the first ticket was never worked on")
    others = [served.stub.ClassifyTicket.future(pb.ClassifyTicketRequest(ticket=ticket(f"b{n}"))) for n in range(20)]
    classifier.gate.set()
    assert [call.result(10).classification.category.category for call in (first, *others)] == [
        "a",
        *(f"b{n}" for n in range(20)),
    ]
    assert sum(classifier.seen[before:]) == 21


def test_a_ticket_that_breaks_the_classifier_spoils_its_own_answer_only(served: Served, source: FakeSource) -> None:
    """Those classified together with it get theirs, and the error names no text."""
    classifier = source.opened["m1"]
    blocking = served.stub.ClassifyTicket.future(pb.ClassifyTicketRequest(ticket=ticket("a wait")))
    wait_until(lambda: classifier.seen[-1] == 1, "the first ticket was never worked on")
    texts = ("good one", "secret poison", "good two")
    calls = [served.stub.ClassifyTicket.future(pb.ClassifyTicketRequest(ticket=ticket(text))) for text in texts]
    classifier.gate.set()
    blocking.result(10)
    assert calls[0].result(10).classification.category.category == "good"
    assert calls[2].result(10).classification.category.category == "good"
    with refused(grpc.StatusCode.INTERNAL) as refusal:
        calls[1].result(10)
    assert refusal.details == "Something unforeseen went wrong (ZeroDivisionError)."


def test_a_swap_is_seen_by_the_next_call(served: Served, source: FakeSource) -> None:
    """A promotion is taken up without a restart."""
    source.now = Published("m2", "r2")
    wait_until(lambda: served.stub.GetModel(pb.GetModelRequest()).model.version == "m2", "never swapped")
    answer = served.stub.ClassifyTicket(pb.ClassifyTicketRequest(ticket=ticket())).classification
    assert (answer.model_version, answer.rules_version) == ("m2", "r2")
