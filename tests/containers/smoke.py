"""What must hold of the running stack: what a manager sees, what each service may do, what it takes."""

import gzip
import json
import os
import time
from typing import Any, Final

import sqlalchemy as sa
from playwright.sync_api import Browser, sync_playwright

from portal.topics.registry import PAGES
from tests.containers.stack import Stack
from tests.e2e.conftest import QUIET
from tests.e2e.desk import Portal
from tests.e2e.reader import Reader

OURS: Final = ("portal", "classifier", "refresher", "scorer", "scheduler")
_URL: Final = "http://127.0.0.1:8050"
_MANAGER: Final = "manager"
_PATIENCE_SECONDS: Final = 240.0
_UID: Final = "10001"
_PEAK: Final = """
import resource, subprocess, sys
code = subprocess.run([sys.executable, "-m", "standalone.cli", "etl", "run", sys.argv[1], "--json"],
                      stdout=subprocess.DEVNULL).returncode
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(usage.ru_maxrss // 1024, round(usage.ru_utime + usage.ru_stime, 1), code)
"""


def database(stack: Stack) -> sa.Engine:
    """Return an engine on the database, whose network only this machine reaches."""
    networks: dict[str, dict[str, Any]] = stack.state("database")["NetworkSettings"]["Networks"]
    (network,) = networks.values()
    password = stack.execute("database", "cat", "/secrets/password")
    return sa.create_engine(f"postgresql+psycopg2://support:{password}@{network['IPAddress']}/support")


def check_pages(stack: Stack, engine: sa.Engine) -> list[str]:
    """Log in with the password that the stack made, and read every page; return their names."""
    password = stack.execute("portal", "cat", "/secrets/manager_password")
    with sync_playwright() as playwright:
        path = os.environ.get("SUPPORT_TEST_BROWSER", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        try:
            return _read_pages(browser, Portal(_URL, engine, password))
        finally:
            browser.close()


def _read_pages(browser: Browser, portal: Portal) -> list[str]:
    reader = Reader.at(portal, browser.new_context())
    reader.page.goto(f"{portal.url}/login")
    reader.log_in(_MANAGER, portal.password)
    reader.settle()
    for page in PAGES:
        reader.open(page.path)
        assert reader.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.path
    reader.open("/tickets")
    with portal.engine.connect() as connection:
        known = connection.scalar(sa.text("SELECT count(*) FROM support.support_tickets"))
    assert known
    assert reader.listed_count() <= known
    assert reader.complaints == [], reader.complaints
    return [page.path for page in PAGES]


def check_classification(engine: sa.Engine) -> int:
    """Wait until the scorer's tickets have been answered by the classifier; return how many are by now."""
    return _await_count(engine, "SELECT count(*) FROM support.ticket_predictions")


def check_new_ticket(engine: sa.Engine, days_ago: int = 0) -> float:
    """Add a ticket that came so long ago and wait until the marts have it; return the seconds."""
    with engine.begin() as connection:
        ticket = connection.scalar(
            sa.text(
                "INSERT INTO support.support_tickets (customer_email, subject, content, status, created_at) "
                "VALUES ('buyer@example.org', 'Where is it?', 'My order has not come.', 'open',"
                " now() - make_interval(days => :days)) RETURNING id"
            ),
            {"days": days_ago},
        )
    began = time.monotonic()
    _await_count(engine, f"SELECT count(*) FROM marts.fct_tickets WHERE ticket_id = {int(ticket or 0)}")
    return time.monotonic() - began


def check_import(stack: Stack, engine: sa.Engine) -> str:
    """Send a packed file of tickets in, as on one server and again as on a cluster; return what the second one says."""
    rows = "".join(f"{number},buyer@example.org,Where is it?,2025-03-01 11:00\n" for number in range(50))
    content = gzip.compress(f"Ticket ID,Requester,Subject,Created\n{rows}".encode())
    arguments = ("--name", "sent.csv.gz", "--time-zone", "Africa/Gaborone", "--yes")
    stack.import_piped(content, *arguments)
    _await_count(engine, "SELECT count(*) / 50 FROM raw.records WHERE source = 'sent'")
    return stack.import_by_exec(content, *arguments)


def _await_count(engine: sa.Engine, question: str) -> int:
    give_up_at = time.monotonic() + _PATIENCE_SECONDS
    while True:
        with engine.connect() as connection:
            count = int(connection.scalar(sa.text(question)) or 0)
        if count:
            return count
        assert time.monotonic() < give_up_at, question
        time.sleep(0.2)


def check_confinement(stack: Stack) -> None:
    """Nobody is root, nothing of the images can be written, there is no installer, and secrets are each one's own."""
    for service in OURS:
        assert stack.execute(service, "id", "-u") == _UID, service
        written = stack.execute(service, "sh", "-c", "touch /app/x /opt/venv/x /x 2>/dev/null && echo yes || echo no")
        assert written == "no", service
        assert stack.execute(service, "python", "-c", "import importlib.util as u; print(u.find_spec('pip'))") == "None"
        assert stack.execute(service, "sh", "-c", "command -v gcc make git || true") == ""
        assert "owner_password" not in stack.execute(service, "ls", "/secrets"), service


def memory(stack: Stack) -> dict[str, int]:
    """Return what each long-running service holds now in MiB: the proportional share of all its processes."""
    return {service: _pss(stack, service) // 1024 for service in (*OURS, "database", "cache")}


def _pss(stack: Stack, service: str) -> int:
    script = "cat /proc/[0-9]*/smaps_rollup 2>/dev/null | grep ^Pss: | tr -s ' ' | cut -d' ' -f2"
    return sum(int(line) for line in stack.execute(service, "sh", "-c", script).split())


def job_figures(stack: Stack, engine: sa.Engine) -> dict[str, tuple[int, float, int]]:
    """Run each job once more; return its peak in MiB, its processor seconds and its exit code.

    The scheduler's own first runs are over by then, and a day of last month has got a ticket more: no job is held off
    by another run, or ends because nothing has changed.
    """
    jobs = json.loads(stack.execute("scheduler", "python", "-m", "standalone.cli", "etl", "list", "--json"))
    for name in (job["job"] for job in jobs if job["schedule"]):
        _await_count(engine, f"SELECT count(*) FROM ops.job_runs WHERE job = '{name}' AND finished_at IS NOT NULL")
    check_new_ticket(engine, days_ago=30)
    figures = {}
    for job in jobs:
        peak, seconds, code = stack.execute("scheduler", "python", "-c", _PEAK, job["job"]).split()
        figures[job["job"]] = (int(peak), float(seconds), int(code))
    return figures


def stop_seconds(stack: Stack) -> dict[str, tuple[float, int]]:
    """Stop each service as an update does; return how long it takes and its exit code."""
    figures = {}
    for service in OURS:
        began = time.monotonic()
        stack.engine.run("podman", "stop", "--time", "15", stack.container(service))
        figures[service] = (time.monotonic() - began, int(stack.state(service)["State"]["ExitCode"]))
    return figures
