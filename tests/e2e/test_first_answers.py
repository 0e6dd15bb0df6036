"""The first screen's numbers come with the page; where they did not, the page asks for them."""

from typing import Any

from playwright.sync_api import Request, Route, expect

from tests.e2e.conftest import OpenWindow
from tests.e2e.reader import PLOTLY_LINE

_TRIES = 10


def test_the_first_screen_needs_no_request_of_its_own(open_window: OpenWindow) -> None:
    """Cards and first chart stand in what the page was sent with; nothing is asked for twice."""
    reader = open_window()
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(_outputs(request)))
    # After a quarter of a second the page is sent without its numbers; they are remembered for the next time.
    for _ in range(_TRIES):
        asked.clear()
        reader.requested.clear()
        reader.open("/?period=30d")
        expect(reader.page.locator(PLOTLY_LINE).first).to_be_attached()
        callbacks = [each for each in asked if each]
        if callbacks == ["overview-flow-figure"]:
            break
    assert callbacks == ["overview-flow-figure"]
    assert sum(url.endswith("/_dash-layout") for url in reader.requested) == 1
    assert reader.complaints == []


def test_numbers_that_did_not_come_with_the_page_are_asked_for(open_window: OpenWindow) -> None:
    """A page sent without its numbers, because the database was slow, fills itself."""
    reader = open_window()
    reader.page.route("**/_dash-layout", _without_numbers)
    reader.open("/")
    assert int(reader.kpi("Tickets").replace(",", "")) > 0
    expect(reader.page.locator(PLOTLY_LINE).first).to_be_attached()
    assert reader.complaints == []


def _outputs(request: Request) -> str:
    """Return the first component a callback fills in; "" when the request is none."""
    if not request.url.partition("?")[0].endswith("/_dash-update-component"):
        return ""
    body: Any = request.post_data_json
    outputs = body["outputs"]
    first = outputs[0] if isinstance(outputs, list) else outputs
    return str(first["id"])


def _without_numbers(route: Route) -> None:
    layout = route.fetch().json()
    _empty(layout)
    route.fulfill(json=layout)


def _empty(node: Any) -> None:
    if isinstance(node, list):
        for each in node:
            _empty(each)
    elif isinstance(node, dict):
        props = node.get("props", {})
        if props.get("id") == "overview-tick":
            props["max_intervals"] = 1
        if props.get("id") == "overview-kpis":
            props["children"] = []
        if props.get("id") == "overview-tickets-figure":
            props["figure"] = {"data": [], "layout": {}}
        _empty(props.get("children"))
