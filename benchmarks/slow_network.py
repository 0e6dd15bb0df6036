"""What a reader on a slow network sees, and when: 50 KB/s down, 400 ms for each answer, an empty cache.

Run: python -m benchmarks.slow_network --tickets 20000

Prints the seconds until the frame, the first number and the first chart of the Overview stand there, until the page
lives, and until the log-in form stands there; how far the layout shifts; and what each file weighs on its way.
"""

import argparse
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from playwright.sync_api import Browser, CDPSession, Page, StorageState, sync_playwright

from benchmarks.portal_speed import _CHROMIUM, _SCREEN, _log_in
from benchmarks.served_desk import Served, served_desk

_NETWORK: Final = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
_LOADS: Final = 3
_SLOWEST_SECONDS: Final = 60
_WATCH: Final = """
(() => {
  const stands = (chosen) => {
    const node = document.querySelector(chosen);
    return node !== null && node.getBoundingClientRect().height > 0;
  };
  const wanted = {
    "frame": () => stands(".nav-link.is-here") && stands("h1") && stands(".surface"),
    "first number": () => stands(".kpi-value"),
    "page lives": () => stands("#react-entry-point .shell"),
    "first chart": () => document.querySelector(".js-plotly-plot .scatterlayer path.js-line"),
    "log-in form": () => stands("#password"),
  };
  window.seen = {};
  window.shifts = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts += entry.value;
  }).observe({type: "layout-shift", buffered: true});
  const look = () => {
    for (const [name, stands] of Object.entries(wanted)) {
      if (!(name in window.seen) && stands()) window.seen[name] = performance.now() / 1000;
    }
    requestAnimationFrame(look);
  };
  look();
})()
"""


@dataclass(frozen=True, slots=True)
class Visit:
    """One load with an empty cache.

    Attributes:
        seen: What stood there -> seconds since the start of the navigation.
        shifts: Cumulative layout shift.
        bytes: Path -> bytes received, headers included.
    """

    seen: dict[str, float]
    shifts: float
    bytes: dict[str, int]


def _visit(browser: Browser, address: str, state: StorageState | None, last: str) -> Visit:
    """Load an address and wait until the last thing stands there."""
    context = browser.new_context(viewport=_SCREEN, storage_state=state)
    page = context.new_page()
    page.add_init_script(_WATCH)
    with _weighed(context.new_cdp_session(page)) as received:
        page.goto(address, wait_until="commit")
        seen = _wait(page, last)
    shifts = float(page.evaluate("window.shifts"))
    context.close()
    return Visit(seen, shifts, dict(received))


@contextmanager
def _weighed(session: CDPSession) -> Iterator[dict[str, int]]:
    """Slow the network down, and add up what comes over it."""
    paths: dict[str, str] = {}
    received: dict[str, int] = defaultdict(int)

    def sent(event: dict[str, Any]) -> None:
        paths[event["requestId"]] = urlsplit(event["request"]["url"]).path

    def finished(event: dict[str, Any]) -> None:
        received[paths.get(event["requestId"], "")] += int(event["encodedDataLength"])

    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", _NETWORK)
    session.on("Network.requestWillBeSent", sent)
    session.on("Network.loadingFinished", finished)
    yield received


def _wait(page: Page, last: str) -> dict[str, float]:
    give_up_at = time.monotonic() + _SLOWEST_SECONDS
    seen: dict[str, float] = {}
    while last not in seen and time.monotonic() < give_up_at:
        page.wait_for_timeout(100)
        seen = page.evaluate("window.seen || {}")
    return seen


def _measure(served: Served) -> tuple[list[Visit], list[Visit]]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=served.browser, args=list(_CHROMIUM))
        state = _log_in(browser.new_context(viewport=_SCREEN), served)
        pages = [_visit(browser, f"{served.url}/", state, "first chart") for _ in range(_LOADS)]
        forms = [_visit(browser, f"{served.url}/login", None, "log-in form") for _ in range(_LOADS)]
        browser.close()
    return pages, forms


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--tickets", type=int, default=20_000)
    count = arguments.parse_args().tickets
    with tempfile.TemporaryDirectory() as directory, served_desk(Path(directory), count) as served:
        pages, forms = _measure(served)
    print(f"{count:,} tickets, Overview, empty cache, 50 KB/s, 400 ms; median of {_LOADS}")
    for name, visits in (*((name, pages) for name in pages[0].seen), ("log-in form", forms)):
        seconds = statistics.median(visit.seen.get(name, _SLOWEST_SECONDS) for visit in visits)
        print(f"{name:14s} {seconds:7.2f} s{'     bar 3' if name == 'frame' else ''}")
    print(f"layout shift   {max(visit.shifts for visit in pages):7.4f}       bar 0.02")
    for path, size in sorted(pages[0].bytes.items(), key=lambda pair: -pair[1]):
        print(f"{size / 1000:8.1f} KB  {path}")


if __name__ == "__main__":
    main()
