"""Somebody at a browser, who also notices what the browser complains about."""

from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Download, Page, expect

from tests.e2e.desk import Portal

DESK = (1440, 900)
PHONE = (390, 844)
# A busy machine may be slow; a page that never comes fails all the same.
PATIENCE_MILLISECONDS = 60_000

PLOTLY_LINE = ".js-plotly-plot .scatterlayer .trace path.js-line"


# Playwright keeps what it wraps on the object itself, so there are no slots.
@dataclass
class Reader:
    """One browser window.

    Attributes:
        portal: What is read.
        page: The window.
        complaints: Errors of the browser's console, of scripts and of requests, in their order.
        requested: Addresses that were asked for.
    """

    portal: Portal
    page: Page
    complaints: list[str] = field(default_factory=list)
    requested: list[str] = field(default_factory=list)

    @classmethod
    def at(cls, portal: Portal, context: BrowserContext) -> "Reader":
        """Open a window."""
        reader = cls(portal, context.new_page())
        reader.page.set_default_timeout(PATIENCE_MILLISECONDS)
        # Playwright marks the function it is given, which a bound method of a class with slots refuses.
        reader.page.on("console", lambda message: reader._hear(message))  # noqa: PLW0108 - see above
        reader.page.on("pageerror", lambda error: reader.complaints.append(str(error)))
        reader.page.on("request", lambda request: reader.requested.append(request.url))
        return reader

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.type}: {message.text}")

    def open(self, address: str) -> None:
        """Go to an address and wait until nothing more is loading."""
        self.page.goto(f"{self.portal.url}{address}")
        self.settle()

    def settle(self) -> None:
        """Wait until the page is there and every number on it has come."""
        expect(self.page.locator("#first-frame")).to_have_count(0, timeout=PATIENCE_MILLISECONDS)
        expect(self.page.locator("#page > *").first).to_be_attached(timeout=PATIENCE_MILLISECONDS)
        expect(self.page.locator(".skeleton")).to_have_count(0, timeout=PATIENCE_MILLISECONDS)
        expect(self.page.locator("[data-dash-is-loading=true]")).to_have_count(0, timeout=PATIENCE_MILLISECONDS)
        self.page.wait_for_load_state("networkidle")

    def log_in(self, name: str, password: str) -> None:
        """Fill in the log-in form that is shown."""
        self.page.get_by_label("User name").fill(name)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Log in").click()

    def kpi(self, title: str) -> str:
        """Return the number of a card of the Overview, as written."""
        card = self.page.locator(".kpi-card", has=self.page.get_by_role("heading", name=title, exact=True))
        return card.locator(".kpi-value").inner_text()

    def listed_count(self) -> int:
        """Return how many tickets the Tickets page says it lists."""
        words = self.page.locator(".listed strong").inner_text()
        return int(words.split()[0].replace(",", ""))

    def leave(self) -> None:
        """Close the window, and leave nothing of one's own in the browser but the files of the portal."""
        context = self.page.context
        if self.page.url.startswith(self.portal.url):
            self.page.evaluate("localStorage.clear()")
        for page in context.pages:
            page.close()
        context.clear_cookies()

    def download(self, link: str) -> Download:
        """Press a link that gives a file."""
        with self.page.expect_download() as coming:
            self.page.get_by_role("link", name=link).click()
        return coming.value
