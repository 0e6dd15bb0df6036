"""Asks a service at its address whether it is ready."""

import contextlib
import sys
import urllib.error
import urllib.request
from typing import Final

_PROBE_SECONDS: Final = 2.0
_GRPC: Final = "grpc://"


def answers(url: str) -> bool:
    """Say whether a service is ready.

    Args:
        url: ``http://...`` is ready when it answers 200; ``grpc://host:port`` is ready when its health is SERVING.
    """
    return _serves(url.removeprefix(_GRPC)) if url.startswith(_GRPC) else _is_ok(url)


def _is_ok(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=_PROBE_SECONDS) as answer:  # noqa: S310 - our own http://
            return bool(answer.status == 200)  # noqa: PLR2004 - HTTP OK
    except (OSError, urllib.error.URLError):
        return False


def _serves(address: str) -> bool:
    # grpc takes a while to import, and most commands do not need it.
    import grpc  # noqa: PLC0415
    from grpc_health.v1 import health_pb2, health_pb2_grpc  # noqa: PLC0415

    with contextlib.suppress(grpc.RpcError), grpc.insecure_channel(address) as channel:
        request = health_pb2.HealthCheckRequest()
        status = health_pb2_grpc.HealthStub(channel).Check(request, timeout=_PROBE_SECONDS).status
        return bool(status == health_pb2.HealthCheckResponse.SERVING)
    return False


if __name__ == "__main__":
    sys.exit(not answers(sys.argv[1]))
