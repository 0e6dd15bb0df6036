"""Paths that programs ask for, not people."""

from typing import Final

ALIVE: Final = "/healthz"
READY: Final = "/readyz"
METRICS: Final = "/metrics"
