"""Takes the pictures of the documentation: `./run docs`."""

import os
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from tests.e2e.conftest import QUIET
from tests.e2e.desk import CHECKOUT, USER, Portal, running_portal
from tests.e2e.reader import DESK, PHONE, Reader

_TICKETS = 50_000
_PICTURES: tuple[tuple[str, str, tuple[int, int], Literal["light", "dark"]], ...] = (
    ("overview-light", "/", DESK, "light"),
    ("overview-dark", "/", DESK, "dark"),
    ("overview-phone", "/", PHONE, "light"),
    ("volume", "/volume", DESK, "light"),
    ("resolution", "/resolution", DESK, "light"),
    ("tickets", "/tickets", DESK, "light"),
)


def take(portal: Portal, browser: Browser, directory: Path) -> None:
    """Write one picture of each page, as a manager sees it after logging in."""
    for name, address, (width, height), scheme in _PICTURES:
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        reader = Reader.at(portal, context)
        reader.page.goto(f"{portal.url}/login")
        reader.log_in(USER, portal.password)
        reader.settle()
        reader.open(address)
        reader.page.screenshot(path=directory / f"{name}.png")
        context.close()


def main() -> None:
    """Serve a made-up desk and take the pictures."""
    directory = CHECKOUT / "docs" / "images"
    directory.mkdir(exist_ok=True)
    path = os.environ.get("SUPPORT_TEST_BROWSER", "/usr/bin/chromium")
    with (
        tempfile.TemporaryDirectory() as desk,
        running_portal(Path(desk), _TICKETS) as portal,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        take(portal, browser, directory)
        browser.close()


if __name__ == "__main__":
    main()
