"""The service's metrics for Prometheus: calls, and which model answers."""

from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server

from classifier_service.serving.classifier_holder import Observer
from classifier_service.serving.served_classifier import ServedClassifier

_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class ServiceMetrics:
    """The service's counters; one object for each process."""

    def __init__(self) -> None:
        """Make the counters, starting at zero."""
        self.registry = CollectorRegistry()
        self._calls = Counter(
            "classifier_calls", "Calls that have ended.", ("method", "code", "caller"), registry=self.registry
        )
        self._seconds = Histogram(
            "classifier_call_seconds", "How long calls took.", ("method",), buckets=_SECONDS, registry=self.registry
        )
        self._serving = Gauge(
            "classifier_serving",
            "1 for the model and rules that answer now.",
            ("model_version", "rules_version"),
            registry=self.registry,
        )
        self._refused = Counter(
            "classifier_refused_artefacts",
            "Published models or rules that were not taken, because they were damaged, altered or unfit.",
            registry=self.registry,
        )
        self._unreachable = Counter(
            "classifier_registry_failures", "Times that the registry could not be asked.", registry=self.registry
        )

    @property
    def observer(self) -> Observer:
        """Functions by which the holder reports on its classifier."""
        return Observer(self._swapped, self._refused.inc, self._unreachable.inc)

    def _swapped(self, served: ServedClassifier) -> None:
        self._serving.clear()
        self._serving.labels(served.model.version, served.model.rules_version).set(1)

    def observe(self, method: str, code: str, caller: str, seconds: float) -> None:
        """Count one call that has ended."""
        self._calls.labels(method, code, caller).inc()
        self._seconds.labels(method).observe(seconds)

    def serve(self, host: str, port: int) -> int:
        """Serve `/metrics` on a port until the process ends, and return the port."""
        server, _thread = start_http_server(port, host, self.registry)
        return int(server.server_port)
