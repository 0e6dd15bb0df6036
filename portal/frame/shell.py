"""The frame around every page: navigation, title, filters, freshness, and the place where pages appear."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html, no_update
from dash.development.base_component import Component
from flask import request

from portal.frame.filter_bar import (
    FROM,
    PERIOD_APPLY,
    PERIOD_FROM,
    PERIOD_PROBLEM,
    PERIOD_TO,
    TO,
    FilterChoices,
    filter_bar,
    unknown_value_notices,
)
from portal.frame.freshness_badge import freshness_badge
from portal.frame.link_notice import link_notice
from portal.frame.navigation import navigation, tabs
from portal.frame.page import DATA_VERSION, THEME, URL, Asked, Page
from portal.frame.page_blocks import page_content
from portal.frame.services import PortalServices
from portal.numbers.dates import UnusableDatesError, outside_notice, read_typed_dates
from portal.numbers.filter_choices import filter_labels
from portal.numbers.filters import from_search
from portal.numbers.own_choice import chosen, own_choice
from portal.numbers.parameters import parameter_pairs
from portal.widgets.markup import attributes

NAVIGATION: Final = "navigation"
TABS: Final = "tabs"
TITLE: Final = "page-title"
FILTERS: Final = "filter-bar"
NOTICES: Final = "notices"
CONTENT: Final = "page"
BADGE: Final = "freshness"
THEME_BUTTON: Final = "theme-button"
_CLOCK: Final = "freshness-clock"
_MILLISECONDS_BETWEEN_LOOKS: Final = 5_000
_CHIP_PLACES: Final = 3
_CHIP_PLACE: Final = 10


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks.

    Attributes:
        name: The user's name; "" when log-in is off.
        logout_form: Makes the form that ends the session; it holds a token of this session.
    """

    name: str = ""
    logout_form: Callable[[], Component] | None = None


@dataclass(frozen=True, slots=True)
class Shell:
    """The frame, for a set of pages.

    Attributes:
        pages: In the order of the navigation; the first one is shown at unknown paths, which the server refuses anyway.
        services: Way to the database.
        viewer: Returns who asks.
    """

    pages: tuple[Page, ...]
    services: PortalServices
    viewer: Callable[[], Viewer] = Viewer

    def page_at(self, path: str) -> Page:
        """Return the page of a path."""
        return next((page for page in self.pages if page.matches(path)), self.pages[0])

    def layout(self) -> Component:
        """Return the frame with the page that the browser's address asks for already in it.

        Dash fetches the layout by a request of its own; its referrer is the address of the page. Without one (a browser
        may be set to send none) the page follows in a callback.
        """
        return self.at(*_address(request.referrer))

    def at(self, path: str, search: str) -> Component:
        """Return the frame with the page of an address in it; "" is an address that is not known yet."""
        page = self.page_at(path or "/")
        theme = _theme()
        content = page_content(page, self.services, Asked(search, theme)) if path else None
        # The layout already holds the address. If the browser sent it too, everything would be asked for twice.
        address = {"pathname": path, "search": search} if path else {}
        kept = [
            dcc.Location(id=URL, refresh="callback-nav", **address),
            dcc.Store(id=THEME, data=theme),
            dcc.Store(id=DATA_VERSION, data=self.services.data_version().version),
            dcc.Interval(id=_CLOCK, interval=_MILLISECONDS_BETWEEN_LOOKS),
        ]
        bar = self.bar(path or page.path, search)
        main = _main(bar, self.badge(), content, page.slug if content else "")
        return self._whole(kept, bar, main)

    def bare(self, path: str) -> Component:
        """Return the frame and the empty places of a page, for when the database does not say what is in them."""
        page = self.page_at(path)
        chips = [html.Span("\u2007" * _CHIP_PLACE, className="chip") for _ in page.filters[:_CHIP_PLACES]]
        bar = Bar(navigation(self.pages, path), tabs(self.pages, path), page.title, chips, [])
        return self._whole([], bar, _main(bar, None, page.layout(), page.slug))

    def _whole(self, kept: list[Component], bar: "Bar", main: Component) -> Component:
        skip = html.A(
            "Skip to the content", href=f"#{CONTENT}", className="skip-link", **attributes({"data-leaves": ""})
        )
        return html.Div(
            [*kept, skip, self._aside(bar), main],
            className="shell",
            **attributes({"data-drill-down": ""}),
        )

    def bar(self, path: str, search: str) -> "Bar":
        """Return what the frame shows for an address."""
        page = self.page_at(path)
        days = self.services.days()
        filters, notices = from_search(search, days)
        own, kept = own_choice(filters, days), _kept(page, search)
        choices = FilterChoices(days, self.services.ask(filter_labels), self.services.today())
        outside = outside_notice(
            filters.start, filters.end - timedelta(days=1), (days.first, days.last), names=("from", "to")
        )
        notices = (*notices, *outside, *unknown_value_notices(filters, choices))
        told: list[Component] = [html.P(notice, className="notice") for notice in notices]
        if path == page.path:
            told += link_notice(page, filters, own, choices, own.href(page.path, **kept))
        return Bar(
            navigation(self.pages, path, own),
            tabs(self.pages, path, own),
            page.title,
            filter_bar(page, lambda new: chosen(filters, new, days).href(page.path, **kept), filters, choices),
            told,
        )

    def badge(self) -> Component:
        """Return how fresh the numbers are now."""
        version = self.services.data_version()
        return freshness_badge(version.refreshed_at, datetime.now(UTC), version.time_zone)

    def register(self, app: Dash) -> None:
        """Register the frame's callbacks, once."""
        _register_navigation(app, self)
        _register_freshness(app, self)
        _register_dates(app, self)
        app.clientside_callback(
            ClientsideFunction("shell", "theme"),
            [Output(THEME, "data"), Output(THEME_BUTTON, "children")],
            Input(THEME_BUTTON, "n_clicks"),
            State(THEME, "data"),
        )
        app.clientside_callback(
            ClientsideFunction("shell", "documentTitle"), Output(TITLE, "title"), Input(TITLE, "children")
        )

    def _aside(self, bar: "Bar") -> Component:
        viewer = self.viewer()
        account: list[Component] = [html.Button("Theme", id=THEME_BUTTON, className="plain-button theme-button")]
        if viewer.logout_form is not None:
            account = [html.Span(viewer.name, className="user-name"), *account, viewer.logout_form()]
        menu = html.Details(
            [
                html.Summary("Account", className="account-summary"),
                html.Div(account, className="menu-panel account-panel"),
            ],
            className="menu account",
        )
        brand = html.Div("Support Analytics", className="brand")
        pages = html.Nav(bar.navigation, id=NAVIGATION, **attributes({"aria-label": "Pages"}))
        # On a screen only one of the two is there; so both may have the name.
        foot = html.Nav(bar.tabs, id=TABS, className="tab-bar", **attributes({"aria-label": "Pages"}))
        return html.Aside([brand, pages, foot, menu], className="navigation")


@dataclass(frozen=True, slots=True)
class Bar:
    """What the frame shows for an address.

    Attributes:
        navigation: Links to the pages.
        tabs: What a phone shows at its foot instead.
        title: Heading.
        filters: Chips.
        notices: What in the address could not be used, and what a link set.
    """

    navigation: list[Component]
    tabs: list[Component]
    title: str
    filters: list[Any]
    notices: list[Component]


def _main(bar: Bar, badge: Component | None, content: Any, slug: str) -> html.Main:  # noqa: ANN401 - as Dash takes it
    """Return what is beside the navigation: heading, filters, freshness, notices, and the page."""
    head = [
        html.H1(bar.title, id=TITLE),
        html.Div(bar.filters, id=FILTERS, className="filter-bar"),
        html.Div(badge, id=BADGE, className="freshness"),
    ]
    return html.Main(
        [
            html.Header(head, className="page-head"),
            html.Div(bar.notices, id=NOTICES, role="status"),
            html.Div(content, id=CONTENT, tabIndex="-1", **attributes({"data-page": slug})),
        ],
        className="main",
    )


def _address(referrer: str | None) -> tuple[str, str]:
    """Return path and search of the page that asks; ("", "") when the browser does not say."""
    if not referrer or not referrer.startswith(request.host_url):
        return "", ""
    path, _, search = f"/{referrer.removeprefix(request.host_url)}".partition("#")[0].partition("?")
    return path, search


def _kept(page: Page, search: str) -> dict[str, str]:
    """Return the parameters of an address that stay when a filter changes."""
    return {name: value for name, value in parameter_pairs(search) if name in page.keeps}


def _theme() -> str:
    return "dark" if request.cookies.get("theme") == "dark" else "light"


def _register_navigation(app: Dash, shell: Shell) -> None:
    @app.callback(
        [
            Output(NAVIGATION, "children"),
            Output(TABS, "children"),
            Output(TITLE, "children"),
            Output(FILTERS, "children"),
            Output(NOTICES, "children"),
        ],
        [Input(URL, "pathname"), Input(URL, "search")],
        prevent_initial_call=True,
    )
    def show_bar(path: str, search: str) -> tuple[object, ...]:
        bar = shell.bar(path, search or "")
        return bar.navigation, bar.tabs, bar.title, bar.filters, bar.notices

    @app.callback(
        [Output(CONTENT, "children"), Output(CONTENT, "data-page")],
        Input(URL, "pathname"),
        [State(CONTENT, "data-page"), State(URL, "search"), State(THEME, "data")],
        prevent_initial_call=True,
    )
    def show_page(path: str, shown: str, search: str | None, theme: str) -> tuple[object, object]:
        page = shell.page_at(path)
        if page.slug == shown:
            return no_update, no_update
        return page_content(page, shell.services, Asked(search or "", theme)), page.slug


def _register_freshness(app: Dash, shell: Shell) -> None:
    @app.callback(
        [Output(DATA_VERSION, "data"), Output(BADGE, "children")],
        Input(_CLOCK, "n_intervals"),
        State(DATA_VERSION, "data"),
        prevent_initial_call=True,
    )
    def look(_looks: int, shown: int) -> tuple[object, object]:
        version = shell.services.data_version().version
        return (no_update, no_update) if version == shown else (version, shell.badge())


def _register_dates(app: Dash, shell: Shell) -> None:
    @app.callback(
        [Output(URL, "search"), Output(PERIOD_PROBLEM, "children")],
        Input(PERIOD_APPLY, "n_clicks"),
        [State(PERIOD_FROM, "value"), State(PERIOD_TO, "value"), State(URL, "search"), State(URL, "pathname")],
        prevent_initial_call=True,
    )
    def apply_dates(presses: int | None, first: str, last: str, search: str, path: str) -> tuple[object, object]:
        if not presses:
            return no_update, no_update
        try:
            start, end = read_typed_dates(first, last, names=(FROM, TO))
        except UnusableDatesError as error:
            return no_update, str(error)
        days, filters = shell.services.days(), shell.services.filters(search or "")
        dated = from_search(f"?from={start}&to={end}", days)[0]
        changed = replace(filters, start=dated.start, end=dated.end, period=dated.period)
        return chosen(filters, changed, days).to_search(_kept(shell.page_at(path), search or "")), ""
