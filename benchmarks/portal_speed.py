"""The portal's speed and cost: time to the first chart, transfer, callbacks under load, memory.

Run: python -m benchmarks.portal_speed --tickets 50000

A cold browser has an empty cache. A warm browser has visited the portal before: the portal's files are in its cache,
and V8 has kept the compiled scripts.

The server share of a callback is the CPU time that the portal's process spends on it when its answers are cached. It
does not depend on other programs on the machine.
"""

import argparse
import contextlib
import http.client
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, StorageState, sync_playwright

from benchmarks.served_desk import Served, served_desk

_CHROMIUM = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
_FIRST_CHART = """
(() => {
  const look = () => {
    const line = document.querySelector(".js-plotly-plot .scatterlayer .trace path.js-line");
    if (line) window.firstChart = performance.now();
    else requestAnimationFrame(look);
  };
  look();
})()
"""
_LOADS = 7
_EARLIER_VISITS = 4
"""Loads before a warm measurement: V8 keeps compiled code only from the second or third load of a script on."""
_SCREEN: Any = {"width": 1440, "height": 900}
_CLIENTS = 20
_ROUNDS = 5
_REPEATS = 40
_SLOWEST_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Visit:
    """One load of the Overview.

    Attributes:
        first_chart_seconds: Seconds from the start of the navigation to the first line of a chart.
        bytes: Bytes transferred, headers included.
    """

    first_chart_seconds: float
    bytes: int


@dataclass(frozen=True, slots=True)
class Client:
    """A logged-in user without a browser."""

    url: str
    cookie: str

    def post(self, bodies: Sequence[str], repeats: int) -> list[float]:
        """Send callbacks one after another on one connection; return the seconds of each."""
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc)
        headers = {"Content-Type": "application/json", "Cookie": self.cookie, "Origin": self.url}
        taken = []
        for _ in range(repeats):
            for body in bodies:
                began = time.perf_counter()
                connection.request("POST", "/_dash-update-component", body, {**headers, "Accept-Encoding": "gzip"})
                answer = connection.getresponse()
                answer.read()
                taken.append(time.perf_counter() - began)
                if answer.status >= http.client.BAD_REQUEST:
                    message = f"A callback answered {answer.status}."
                    raise RuntimeError(message)
        connection.close()
        return taken


def _log_in(context: BrowserContext, served: Served) -> StorageState:
    page = context.new_page()
    page.goto(f"{served.url}/login")
    page.get_by_label("User name").fill(served.user_name)
    page.get_by_label("Password").fill(served.password)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(f"{served.url}/")
    page.wait_for_load_state("networkidle")
    return context.storage_state()


def _visit(page: Page, url: str) -> Visit:
    """Load the Overview once and wait until the page is complete."""
    received = [0]
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: received.append(int(event["encodedDataLength"])))
    page.goto(url)
    give_up_at = time.monotonic() + _SLOWEST_SECONDS
    while (seconds := page.evaluate("(window.firstChart || 0) / 1000")) == 0 and time.monotonic() < give_up_at:
        page.wait_for_timeout(20)
    page.wait_for_load_state("networkidle")
    session.detach()
    return Visit(float(seconds), sum(received))


def _filter_callbacks(context: BrowserContext, served: Served) -> tuple[str, ...]:
    """Return the bodies of the requests after a change of the period: one for each block of the Overview."""
    bodies: list[str] = []
    page = context.new_page()
    page.goto(f"{served.url}/")
    page.wait_for_load_state("networkidle")
    page.on("request", lambda request: bodies.append(request.post_data or "") if request.method == "POST" else None)
    page.evaluate("document.querySelector('.filter-bar a[href*=\"period=\"]').click()")
    page.wait_for_load_state("networkidle")
    page.close()
    return tuple(bodies)


def _cold_visits(browser: Browser, served: Served, state: StorageState) -> list[Visit]:
    """Return loads by browsers with an empty cache that are logged in."""
    visits = []
    for _ in range(_LOADS):
        context = browser.new_context(viewport=_SCREEN, storage_state=state)
        visits += _loads(context, served, 1)
        context.close()
    return visits


def _warm_visits(chromium: BrowserType, served: Served, profile: Path) -> list[Visit]:
    """Return loads by a browser that has visited the portal, and was closed and opened again."""
    with _opened(chromium, served, profile) as context:
        _log_in(context, served)
        _loads(context, served, _EARLIER_VISITS)
    with _opened(chromium, served, profile) as context:
        return _loads(context, served, _LOADS)


@contextlib.contextmanager
def _opened(chromium: BrowserType, served: Served, profile: Path) -> Iterator[BrowserContext]:
    context = chromium.launch_persistent_context(
        profile, executable_path=served.browser, args=list(_CHROMIUM), viewport=_SCREEN
    )
    yield context
    context.close()


def _loads(context: BrowserContext, served: Served, count: int) -> list[Visit]:
    context.add_init_script(_FIRST_CHART)
    visits = []
    for _ in range(count):
        page = context.new_page()
        visits.append(_visit(page, f"{served.url}/"))
        page.close()
    return visits


def _under_load(client: Client, bodies: Sequence[str]) -> list[float]:
    taken: list[float] = []
    threads = [
        threading.Thread(target=lambda: taken.extend(client.post(bodies, _ROUNDS)), daemon=True)
        for _ in range(_CLIENTS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(taken)


def _processor_seconds(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _server_share(process: psutil.Process, client: Client, bodies: Sequence[str]) -> float:
    before = _processor_seconds(process)
    count = len(client.post(bodies, _REPEATS))
    return (_processor_seconds(process) - before) / count


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--tickets", type=int, default=50_000)
    count = arguments.parse_args().tickets
    with tempfile.TemporaryDirectory() as directory, served_desk(Path(directory), count) as served:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=served.browser, args=list(_CHROMIUM))
            context = browser.new_context(viewport=_SCREEN)
            state = _log_in(context, served)
            bodies = _filter_callbacks(context, served)
            cold = _cold_visits(browser, served, state)
            browser.close()
            warm = _warm_visits(playwright.chromium, served, Path(directory) / "profile")
        client = Client(served.url, "; ".join(f"{each['name']}={each['value']}" for each in state["cookies"]))
        share = _server_share(served.process, client, bodies)
        loaded = _under_load(client, bodies)
        memory = served.process.memory_info().rss
    print(f"{count:,} tickets, Overview, last 90 days")
    for name, visits, bar in (("cold", cold, 2.0), ("warm", warm, 0.7)):
        seconds = statistics.median(visit.first_chart_seconds for visit in visits)
        print(f"first chart, {name} browser     {seconds:7.2f} s     bar {bar}")
    print(f"transfer, cold browser        {cold[0].bytes / 1e6:7.2f} MB    bar 1.4")
    print(f"callback, {_CLIENTS} clients, p95      {1000 * loaded[int(0.95 * len(loaded))]:7.1f} ms    bar 60")
    print(f"callback, server share        {1000 * share:7.2f} ms    bar 3")
    print(f"memory of the portal          {memory / 1e6:7.0f} MB    bar 250")


if __name__ == "__main__":
    main()
