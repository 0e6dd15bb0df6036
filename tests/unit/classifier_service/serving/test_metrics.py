"""What Prometheus reads: which model answers, what was refused, and calls by who made them."""

from prometheus_client import generate_latest

from classifier_service.serving.metrics import ServiceMetrics
from classifier_service.serving.served_classifier import Published
from tests.fakes.classifier import FakeSource


def read(metrics: ServiceMetrics) -> list[str]:
    """Return the lines of `/metrics`."""
    return generate_latest(metrics.registry).decode().splitlines()


def test_only_the_model_that_answers_now_is_named() -> None:
    """After a swap the old one is gone."""
    metrics, source = ServiceMetrics(), FakeSource()
    for published in (Published("m1", "r1"), Published("m2", "r1")):
        metrics.observer.swapped(source.load(published))
    serving = [line for line in read(metrics) if line.startswith("classifier_serving{")]
    assert serving == ['classifier_serving{model_version="m2",rules_version="r1"} 1.0']


def test_refusals_and_failures_of_the_registry_are_counted() -> None:
    """So that somebody is told before anybody notices."""
    metrics = ServiceMetrics()
    metrics.observer.refused()
    metrics.observer.refused()
    metrics.observer.unreachable()
    assert "classifier_refused_artefacts_total 2.0" in read(metrics)
    assert "classifier_registry_failures_total 1.0" in read(metrics)


def test_calls_are_counted_and_timed() -> None:
    """By method, status and caller."""
    metrics = ServiceMetrics()
    metrics.observe("GetModel", "OK", "desk", 0.004)
    metrics.observe("GetModel", "OK", "desk", 0.006)
    assert 'classifier_calls_total{caller="desk",code="OK",method="GetModel"} 2.0' in read(metrics)
    assert 'classifier_call_seconds_bucket{le="0.005",method="GetModel"} 1.0' in read(metrics)
