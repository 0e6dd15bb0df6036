"""Fields of a message are counted without making it."""

from hypothesis import given
from hypothesis import strategies as st

from classifier_service.serving.wire_format import has_more_fields
from protos.gen.classifier.v1 import classifier_service_pb2 as pb


@given(tickets=st.integers(0, 40), most=st.integers(0, 40))
def test_the_tickets_of_a_batch_are_counted(tickets: int, most: int) -> None:
    """Each ticket is one field, whatever is in it."""
    batch = pb.BatchClassifyTicketsRequest(tickets=[pb.Ticket(content="x" * (number * 9)) for number in range(tickets)])
    assert has_more_fields(batch.SerializeToString(), most) == (tickets > most)


@given(data=st.binary(max_size=400), most=st.integers(0, 50))
def test_any_bytes_get_an_answer(data: bytes, most: int) -> None:
    """Bytes that are no message do no harm, and cannot have more fields than half their length."""
    assert not has_more_fields(data, most) or len(data) >= 2 * most


def test_numbers_and_fixed_widths_are_passed_over() -> None:
    """Fields of every kind count once: a number, eight bytes, four bytes, a text."""
    score = pb.CategoryScore(category="a", probability=0.5).SerializeToString()
    fields = score + b"\x18\x96\x01" + b"\x25\x00\x00\x00\x00"
    assert has_more_fields(fields, 3)
    assert not has_more_fields(fields, 4)
