"""Routes are few, whatever is asked for."""

import pytest
from dash import html
from hypothesis import given
from hypothesis import strategies as st

from portal.frame.page import Page
from portal.web.paths import route_of

PAGES = (
    Page("overview", "/", "Overview", (), html.Div, lambda _app, _services: None),
    Page("tickets", "/tickets", "Tickets", (), html.Div, lambda _app, _services: None, matches_below=True),
)


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/", "/"),
        ("/tickets", "/tickets"),
        ("/tickets/17", "/tickets/*"),
        ("/ticketsx", "other"),
        ("/healthz", "/healthz"),
        ("/assets/base.css", "/assets/*"),
        ("/_dash-update-component", "/_dash-update-component"),
        ("/_dash-component-suites/dash/x.js", "/_dash-component-suites/*"),
        ("/thandi@example.co.za", "other"),
    ],
)
def test_a_path_has_its_route(path: str, route: str) -> None:
    """What is below a page is one route."""
    assert route_of(path, PAGES) == route


@given(st.text(max_size=30))
def test_what_somebody_typed_is_never_a_route(path: str) -> None:
    """Otherwise a log or a metric would hold it."""
    route = route_of(f"/x{path}", PAGES)
    assert route == "other"
