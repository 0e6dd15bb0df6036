"""A service is ready when it says so, over HTTP or gRPC."""

from pathlib import Path

from standalone.probes import answers
from tests.fakes.classifier import FakeSource
from tests.integration.classifier_service.serving.serving_server import make_settings, serving


def test_a_grpc_service_is_ready_when_its_health_says_serving(tmp_path: Path) -> None:
    """Listening is not enough, and neither is having been there."""
    source = FakeSource()
    with serving(make_settings(tmp_path), source) as served:
        url = f"grpc://{served.address}"
        assert answers(url)
    assert not answers(url)
    unready = FakeSource(refused={"m1": ValueError("no model")})
    with serving(make_settings(tmp_path), unready, waits=False) as served:
        assert not answers(f"grpc://{served.address}")


def test_nobody_at_an_address_is_not_ready(free_port: int) -> None:
    """A start that waits goes on waiting."""
    assert not answers(f"http://127.0.0.1:{free_port}/healthz")
    assert not answers(f"grpc://127.0.0.1:{free_port}")
