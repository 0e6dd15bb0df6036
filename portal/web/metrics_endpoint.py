"""What a Prometheus reads: requests, and how old the shown data is."""

import time
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from portal.web.own_paths import METRICS

_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class PortalMetrics:
    """The measurements of one portal, in a registry of their own."""

    def __init__(self, refreshed_at: Callable[[], datetime | None]) -> None:
        """Start at zero.

        Args:
            refreshed_at: Returns when the marts were last refreshed; None: never.
        """
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "portal_requests", "Requests answered.", ("method", "route", "status"), registry=self._registry
        )
        self._durations = Histogram(
            "portal_request_duration_seconds",
            "Time from a request to the last byte of its answer.",
            ("route",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._registry.register(_DataAge(refreshed_at))

    def observe(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request."""
        self._requests.labels(method, route, str(status)).inc()
        self._durations.labels(route).observe(seconds)

    def route(self) -> Route:
        """Return the route /metrics."""

        def metrics(_request: Request) -> Response:
            return Response(generate_latest(self._registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

        return Route(METRICS, metrics, methods=["GET"])


class _DataAge(Collector):
    """Asks how old the data is when somebody reads the metrics; says nothing while the database does not answer."""

    def __init__(self, refreshed_at: Callable[[], datetime | None]) -> None:
        self._refreshed_at = refreshed_at

    def describe(self) -> Iterable[Metric]:
        return [_age_family()]

    def collect(self) -> Iterable[Metric]:
        family = _age_family()
        try:
            refreshed_at = self._refreshed_at()
        except sa.exc.SQLAlchemyError:
            refreshed_at = None
        if refreshed_at is not None:
            family.add_metric([], max(time.time() - refreshed_at.timestamp(), 0.0))
        return [family]


def _age_family() -> GaugeMetricFamily:
    return GaugeMetricFamily("portal_data_age_seconds", "Time since the numbers shown were last refreshed.")
