"""The table that turns named errors into statuses, and the details sent with a status."""

from typing import Final

import grpc
from google.protobuf.any_pb2 import Any as AnyMessage
from google.rpc.code_pb2 import Code
from google.rpc.error_details_pb2 import BadRequest
from google.rpc.status_pb2 import Status
from grpc_status import rpc_status

from classifier_service.errors import (
    ClassifierError,
    InvalidTicketError,
    MalformedRequestError,
    RegistryError,
    UnknownCallerError,
)
from storage.full_disk import DiskFullError, disk_full

# The first class that fits is taken, so a subclass stands before its base.
STATUS_CODES: Final[tuple[tuple[type[Exception], grpc.StatusCode], ...]] = (
    (InvalidTicketError, grpc.StatusCode.INVALID_ARGUMENT),
    (MalformedRequestError, grpc.StatusCode.INVALID_ARGUMENT),
    (UnknownCallerError, grpc.StatusCode.UNAUTHENTICATED),
    (RegistryError, grpc.StatusCode.UNAVAILABLE),
    (DiskFullError, grpc.StatusCode.UNAVAILABLE),
    (ClassifierError, grpc.StatusCode.INTERNAL),
)


def status_code(error: Exception) -> grpc.StatusCode:
    """Return the status code for an error; INTERNAL for an unforeseen one."""
    return next((code for kind, code in STATUS_CODES if isinstance(error, kind)), grpc.StatusCode.INTERNAL)


def status_of(error: Exception) -> grpc.Status:
    """Return status, sentence and details for a caller.

    Only the class of an unforeseen error is given, because its message may quote a ticket.
    """
    error = disk_full(error) or error
    code = status_code(error)
    if isinstance(error, ClassifierError | DiskFullError):
        sentence = str(error)
    else:
        sentence = f"Something unforeseen went wrong ({type(error).__name__})."
    if isinstance(error, InvalidTicketError):
        sentence = f"{error.field}: {sentence}"
    status = Status(code=Code.Value(code.name), message=sentence, details=_details(error))
    return rpc_status.to_status(status)


def _details(error: Exception) -> list[AnyMessage]:
    if not isinstance(error, InvalidTicketError):
        return []
    violation = BadRequest.FieldViolation(field=error.field, description=error.message)
    detail = AnyMessage()
    detail.Pack(BadRequest(field_violations=[violation]))
    return [detail]
