"""What holds for every test."""

import logging
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from analytics.threads import limit_threads

limit_threads()  # as the product runs, and before numpy is loaded

import pytest  # noqa: E402 - after the limits
from hypothesis import settings  # noqa: E402 - as above
from hypothesis.internal.conjecture import providers  # noqa: E402 - as above
from hypothesis.internal.constants_ast import Constants  # noqa: E402 - as above
from xdist.remote import Producer  # noqa: E402 - as above
from xdist.scheduler import LoadFileScheduling  # noqa: E402 - as above

from tests.order import in_order, together  # noqa: E402 - as above

CHECKOUT = Path(__file__).parents[1]
DEPTH = os.environ.get("SUPPORT_TEST_DEPTH", "normal")
DEEPER = 10

# How long an example takes says something about the machine, not about the code: no deadline.
# The normal run draws the same examples on every machine and Python; the deep one draws others each time, and more.
settings.register_profile("normal", deadline=None, derandomize=True)
settings.register_profile("deep", deadline=None, derandomize=False, max_examples=1_000)
settings.load_profile(DEPTH)
if DEPTH == "normal":
    # Hypothesis also draws the constants of whatever modules are loaded, so examples would hang on the order of tests.
    providers._get_local_constants = Constants


def examples(normal: int) -> int:
    """Return how many examples a property gets that asks for a number of its own.

    Args:
        normal: Its number in the normal run; the deep run tries ten times as many.
    """
    return normal * DEEPER if DEPTH == "deep" else normal


@pytest.fixture(autouse=True)
def _own_logs(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let a command set the logs of this process up; the next test has its own."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    yield
    logging.captureWarnings(capture=False)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what takes longest first, so that the workers end together."""
    items[:] = in_order(items, lambda item: item.nodeid.partition("::")[0])


class _Together(LoadFileScheduling):  # type: ignore[misc]
    """Gives each worker the tests of one file, or all those of the browser."""

    def _split_scope(self, nodeid: str) -> str:
        return together(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> _Together:
    """Return what gives the workers their tests."""
    return _Together(config, log)
