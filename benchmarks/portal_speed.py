"""The portal as its readers and its machine feel it: first chart, transfer, callbacks under load, memory.

Run: python -m benchmarks.portal_speed --tickets 50000

The server share of a callback is the processor time that the portal's process spends on it, answers being remembered:
it does not depend on what else the machine does.
"""

import argparse
import http.client
import statistics
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psutil
from playwright.sync_api import Browser, Page, StorageState, sync_playwright

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
_LOADS = 5
_CLIENTS = 20
_ROUNDS = 5
_REPEATS = 40
_SLOWEST_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Visit:
    """One load of the Overview.

    Attributes:
        first_chart_seconds: From the start of the navigation to the first line of a chart.
        bytes: Transferred, headers included.
        callbacks: Bodies of the requests that fetched numbers.
    """

    first_chart_seconds: float
    bytes: int
    callbacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Client:
    """Somebody who is logged in, without a browser."""

    url: str
    cookie: str

    def post(self, bodies: Sequence[str], repeats: int) -> list[float]:
        """Send callbacks one after another on one connection; returns the seconds each took."""
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


def _log_in(browser: Browser, served: Served) -> StorageState:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{served.url}/login")
    page.get_by_label("User name").fill(served.user_name)
    page.get_by_label("Password").fill(served.password)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(f"{served.url}/")
    state = context.storage_state()
    context.close()
    return state


def _visit(page: Page, url: str) -> Visit:
    """Load the Overview once and wait until everything on it has come."""
    received = [0]
    callbacks: list[str] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: received.append(int(event["encodedDataLength"])))
    page.on("request", lambda request: callbacks.append(request.post_data or "") if request.method == "POST" else None)
    page.goto(url)
    give_up_at = time.monotonic() + _SLOWEST_SECONDS
    while (seconds := page.evaluate("(window.firstChart || 0) / 1000")) == 0 and time.monotonic() < give_up_at:
        page.wait_for_timeout(20)
    page.wait_for_load_state("networkidle")
    session.detach()
    return Visit(float(seconds), sum(received), tuple(callbacks))


def _visits(browser: Browser, served: Served, state: StorageState) -> tuple[list[Visit], list[Visit]]:
    """Return loads with an empty cache of the browser, and loads after them."""
    cold: list[Visit] = []
    warm: list[Visit] = []
    for _ in range(_LOADS):
        context = browser.new_context(viewport={"width": 1440, "height": 900}, storage_state=state)
        context.add_init_script(_FIRST_CHART)
        for visits in (cold, warm):
            page = context.new_page()
            visits.append(_visit(page, f"{served.url}/"))
            page.close()
        context.close()
    return cold, warm


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
            state = _log_in(browser, served)
            cold, warm = _visits(browser, served, state)
            browser.close()
        client = Client(served.url, "; ".join(f"{each['name']}={each['value']}" for each in state["cookies"]))
        share = _server_share(served.process, client, cold[0].callbacks)
        loaded = _under_load(client, cold[0].callbacks)
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
