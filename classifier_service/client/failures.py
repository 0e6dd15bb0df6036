"""Turns the status of a failed call into a named error."""

from typing import Final, cast

import grpc
from google.rpc.error_details_pb2 import BadRequest
from grpc_status import rpc_status

from classifier_service.errors import (
    InvalidTicketError,
    ServiceAccessError,
    ServiceError,
    ServiceFailedError,
    ServiceTimeoutError,
    ServiceUnavailableError,
)

ERRORS: Final[dict[grpc.StatusCode, type[ServiceError]]] = {
    grpc.StatusCode.UNAVAILABLE: ServiceUnavailableError,
    grpc.StatusCode.DEADLINE_EXCEEDED: ServiceTimeoutError,
    grpc.StatusCode.UNAUTHENTICATED: ServiceAccessError,
    grpc.StatusCode.PERMISSION_DENIED: ServiceAccessError,
}
_SENTENCES: Final[dict[type[ServiceError], tuple[str, str]]] = {
    ServiceUnavailableError: ("The classifier service does not answer.", "See that it runs: CLASSIFIER_ADDRESS."),
    ServiceTimeoutError: ("The classifier service did not answer in time.", "Try again, or allow more time."),
    ServiceAccessError: ("The classifier service does not know this caller.", "Check CLASSIFIER_TOKEN."),
    ServiceFailedError: ("The classifier service failed.", "Its log says where."),
}


def error_of(error: grpc.RpcError) -> ServiceError | InvalidTicketError:
    """Return the named error for a failed call."""
    # The error that grpc raises for a call is the call itself, though grpc's type stubs do not say so.
    call = cast("grpc.Call", error)
    code, details = call.code(), call.details() or ""
    if code is grpc.StatusCode.INVALID_ARGUMENT:
        return _invalid(call, details)
    kind = ERRORS.get(code, ServiceFailedError)
    sentence, hint = _SENTENCES[kind]
    # The service's own message is better than our guess. A message of gRPC about sockets is not.
    if kind is ServiceUnavailableError and call.trailing_metadata() and rpc_status.from_call(call):
        return kind(f"The classifier service is not ready: {details}")
    return kind(sentence if kind is not ServiceFailedError else f"{sentence} ({code.name})", hint)


def closed() -> ServiceFailedError:
    """Return the named error for a call of a client that was closed."""
    return ServiceFailedError("The client of the classifier service is closed.", "Make a new ClassifierClient.")


def _invalid(call: grpc.Call, details: str) -> InvalidTicketError:
    status = rpc_status.from_call(call)
    violation = BadRequest()
    for detail in status.details if status else ():
        if detail.Unpack(violation) and violation.field_violations:
            first = violation.field_violations[0]
            return InvalidTicketError(first.field, first.description)
    return InvalidTicketError("request", details)
