"""The table of errors and statuses."""

import grpc
import pytest
from google.rpc.error_details_pb2 import BadRequest
from google.rpc.status_pb2 import Status

from classifier_service import errors
from classifier_service.errors import ClassifierError, InvalidTicketError, NothingPublishedError
from classifier_service.serving.errors import STATUS_CODES, status_code, status_of


def every_error() -> list[type[ClassifierError]]:
    """Return every error of the package."""
    return [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, ClassifierError)]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InvalidTicketError("ticket", "It is empty."), grpc.StatusCode.INVALID_ARGUMENT),
        (errors.MalformedRequestError("No message."), grpc.StatusCode.INVALID_ARGUMENT),
        (errors.UnknownCallerError("Who?"), grpc.StatusCode.UNAUTHENTICATED),
        (NothingPublishedError("Nothing."), grpc.StatusCode.UNAVAILABLE),
        (errors.ArtefactRefusedError("Altered."), grpc.StatusCode.UNAVAILABLE),
        (errors.TrainingDataError("Too few."), grpc.StatusCode.INTERNAL),
        (ValueError("customer@example.com"), grpc.StatusCode.INTERNAL),
    ],
)
def test_every_error_has_its_status(error: Exception, code: grpc.StatusCode) -> None:
    """One table, from the particular to the general."""
    assert status_code(error) is code
    assert status_of(error).code is code
    assert "customer" not in (status_of(error).details or "")


def test_no_row_hides_another() -> None:
    """A base above one of its kinds would take its place."""
    kinds = [kind for kind, _ in STATUS_CODES]
    for place, kind in enumerate(kinds):
        assert not any(issubclass(later, kind) for later in kinds[place + 1 :]), kind


def test_every_error_of_the_package_is_in_the_tree_that_its_module_draws() -> None:
    """The drawing in the docstring is complete."""
    for kind in every_error():
        assert kind.__name__ in (errors.__doc__ or "")


def test_a_bad_field_is_in_the_details() -> None:
    """As google.rpc.BadRequest, which clients of other languages know."""
    status = status_of(InvalidTicketError("tickets[3].content", "It is too long."))
    packed = dict(status.trailing_metadata or ())["grpc-status-details-bin"]
    violation = BadRequest()
    assert Status.FromString(packed).details[0].Unpack(violation)
    (only,) = violation.field_violations
    assert (only.field, only.description) == ("tickets[3].content", "It is too long.")
    assert status.details == "tickets[3].content: It is too long."
