"""What a refused call says."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

import grpc
import pytest
from google.rpc.error_details_pb2 import BadRequest
from grpc_status import rpc_status


@dataclass(slots=True)
class Refusal:
    """Status, sentence and the field that is named, once the call was refused."""

    code: grpc.StatusCode = grpc.StatusCode.OK
    details: str = ""
    field: str = ""


@contextmanager
def refused(code: grpc.StatusCode) -> Iterator[Refusal]:
    """Expect a call to be refused with a status."""
    refusal = Refusal()
    with pytest.raises(grpc.RpcError) as caught:
        yield refusal
    read_refusal(caught.value, refusal)
    assert refusal.code is code, refusal


def read_refusal(error: grpc.RpcError, refusal: Refusal) -> Refusal:
    """Read a failed call."""
    call = cast("grpc.Call", error)
    refusal.code, refusal.details = call.code(), call.details() or ""
    status = rpc_status.from_call(call) if call.trailing_metadata() else None
    for detail in status.details if status else ():
        bad = BadRequest()
        detail.Unpack(bad)
        (violation,) = bad.field_violations
        refusal.field = violation.field
    return refusal
