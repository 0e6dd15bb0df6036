"""One portal and one browser for each test worker; a fresh window for each test."""

import itertools
import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, BrowserContext, StorageState, sync_playwright

from etl.jobs.registry import JOBS
from etl.running.job import JobContext
from etl.running.runner import run_job
from tests.e2e.desk import USER, Portal, running_portal
from tests.e2e.reader import DESK, Reader
from tests.factories.desk import instant
from warehouse.engine import DatabaseRole, create_engine_for

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)

OpenWindow = Callable[..., Reader]


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """A portal over a small desk."""
    with running_portal(tmp_path_factory.mktemp("desk")) as running:
        yield running


@pytest.fixture(scope="session")
def forecast(portal: Portal) -> None:
    """The forecast of the portal's desk, as its job makes it."""
    engine = create_engine_for(portal.engine.url, DatabaseRole.ETL_WRITER, poolclass=sa.NullPool)
    done = run_job(JOBS["forecast_demand"], JobContext(engine, instant("2026-03-01 06:30"), "Africa/Johannesburg"))
    engine.dispose()
    assert done.error == ""


# Not for the whole session: while it runs, its event loop would be in the way of tests that run one of their own.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The browser of this machine."""
    path = os.environ.get("SUPPORT_TEST_BROWSER", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield started
        started.close()


@pytest.fixture(scope="package")
def manager_session(portal: Portal, browser: Browser) -> StorageState:
    """Cookies of a manager who has logged in."""
    context = browser.new_context()
    reader = Reader.at(portal, context)
    reader.page.goto(f"{portal.url}/login")
    reader.log_in(USER, portal.password)
    reader.settle()
    state = context.storage_state()
    context.close()
    return state


def new_context(
    browser: Browser, session: StorageState | None, size: tuple[int, int] = DESK, scheme: str = "light"
) -> BrowserContext:
    """Return what windows of one person on one screen share."""
    return browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if scheme == "dark" else "light",
        storage_state=session,
        accept_downloads=True,
    )


Screen = tuple[tuple[int, int], str]


@pytest.fixture(scope="package")
def screens() -> Iterator[dict[Screen, list[BrowserContext]]]:
    """Screens that nobody sits at. They have the portal's scripts from their last reader, which saves loading them."""
    free: dict[Screen, list[BrowserContext]] = {}
    yield free
    for context in itertools.chain(*free.values()):
        context.close()


@pytest.fixture
def open_window(
    browser: Browser, manager_session: StorageState, portal: Portal, screens: dict[Screen, list[BrowserContext]]
) -> Iterator[OpenWindow]:
    """Open windows of a manager; each may be of another size and theme, and knows nothing of earlier readers."""
    taken = []

    def open_one(size: tuple[int, int] = DESK, scheme: str = "light", *, is_anonymous: bool = False) -> Reader:
        free = screens.setdefault((size, scheme), [])
        context = free.pop() if free else new_context(browser, None, size, scheme)
        if not is_anonymous:
            # Playwright has two types for one cookie: as it is told, and as it is set.
            cookies: list[Any] = list(manager_session["cookies"])
            context.add_cookies(cookies)
        reader = Reader.at(portal, context)
        taken.append((free, context, reader))
        return reader

    yield open_one
    for free, context, reader in taken:
        reader.leave()
        free.append(context)
