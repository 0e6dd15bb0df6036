"""Paths that programs ask for, not people."""

from typing import Final

ALIVE: Final = "/healthz"
READY: Final = "/readyz"
METRICS: Final = "/metrics"
CALLBACKS: Final = "/_dash-update-component"
"""Where a page's program asks for what it shows; the path is Dash's."""
