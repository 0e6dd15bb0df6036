"""Requests that no browser sends to the real pages get an answer that says so, and no fault of ours."""

import json
import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.conftest import examples
from tests.integration.conftest import Database
from tests.integration.portal.conftest import HOST, Browser, PortalFactory

ODD: tuple[object, ...] = (None, True, -1, 1e308, "", "\x00", "x" * 10_000, [], [[]], {}, {"a": 1}, ["a", None])
ODD_HOSTS = ("", "a b", "[::1", "evil.example:port", "a:99999999", "\x7f", "..", "-", "a" * 3000, "127.0.0.1:8050@evil")
ODD_ORIGINS = ("http://[::1", "null", "http://", "//", "http://127.0.0.1:8050@evil.example", "\x01")
ODD_SEARCHES = (
    "?search=%00",
    "?from=%00&to=9",
    "?category=%ff%fe",
    "?" + "&".join(["a=1"] * 5000),
    "?page=9" + "9" * 400,
)


@pytest.fixture
def manager(real_pages: Browser) -> Browser:
    """A manager in front of the real pages."""
    assert real_pages.log_in().status_code == 303
    return real_pages


def callbacks(manager: Browser) -> list[dict[str, Any]]:
    """Return a sound body for each callback that the server answers."""
    described = manager.get("/_dash-dependencies").json()
    return [sound(each) for each in described if each["clientside_function"] is None]


def sound(described: dict[str, Any]) -> dict[str, Any]:
    """Return what a page sends for a callback."""
    values = {"pathname": "/", "search": "", "data": 1, "n_intervals": 1}

    def parts(name: str) -> list[dict[str, Any]]:
        return [each | {"value": values.get(each["property"])} for each in described[name]]

    output = described["output"]
    names = output.strip(".").split("...") if output.startswith("..") else [output]
    outputs = [dict(zip(("id", "property"), name.rsplit(".", 1), strict=True)) for name in names]
    return {
        "output": output,
        "outputs": outputs if output.startswith("..") else outputs[0],
        "inputs": parts("inputs"),
        "state": parts("state"),
        "changedPropIds": [f"{each['id']}.{each['property']}" for each in described["inputs"][:1]],
    }


def places(body: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the way to each part of a body."""
    if path:
        yield path
    items = body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ()
    for key, value in items:
        yield from places(value, (*path, key))


def spoilt(body: dict[str, Any], choose: random.Random) -> object:
    """Return a body with one part replaced, or taken out."""
    copy: dict[str, Any] = json.loads(json.dumps(body))
    *way, last = choose.choice(list(places(copy)))
    holder: Any = copy
    for key in way:
        holder = holder[key]
    if choose.random() < 0.2 and isinstance(holder, dict):
        del holder[last]
    else:
        holder[last] = choose.choice(ODD)
    return copy


def test_no_body_of_a_callback_is_a_fault(manager: Browser) -> None:
    """A sound body is answered, a spoilt one is refused or answered, and nothing is 500."""
    choose = random.Random(7)
    bodies = callbacks(manager)
    assert len(bodies) > 20
    statuses: Counter[int] = Counter()
    for number in range(examples(600)):
        body = spoilt(bodies[number % len(bodies)], choose)
        answer = manager.client.post("/_dash-update-component", json=body, headers={"Origin": f"http://{HOST}"})
        statuses[answer.status_code] += 1
    for body in (*ODD, b"{", b"\xff", b"[" * 100_000):
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Origin": f"http://{HOST}", "Content-Type": "application/json"}
        statuses[manager.client.post("/_dash-update-component", content=content, headers=headers).status_code] += 1
    assert set(statuses) <= {200, 204, 400}
    assert statuses[400] > examples(300)
    assert statuses[200] + statuses[204] > 0


@pytest.mark.parametrize("path", ["/", "/login", "/tickets", "/_dash-layout", "/healthz", "/nowhere"])
def test_no_host_is_a_fault(manager: Browser, path: str) -> None:
    """Neither as the address of a page nor as the origin of a callback."""
    for host in ODD_HOSTS:
        assert manager.get(path, Host=host).status_code < 500
    for origin in ODD_ORIGINS:
        assert manager.call("hello", Origin=origin).status_code in {400, 403}


def test_no_address_is_a_fault(manager: Browser) -> None:
    """What is read of it may be anything."""
    for search in ODD_SEARCHES:
        for path in ("/", "/tickets", "/volume", "/tickets/export.csv"):
            assert manager.get(f"{path}{search}").status_code < 500


def test_a_message_with_two_lengths_ends_its_connection(database: Database, portal_at: PortalFactory) -> None:
    """Whoever reads the other length would take the rest of it for another request."""
    browser = portal_at.with_real_pages(database.url)
    headers = {"Transfer-Encoding": "chunked", "Content-Length": "5"}
    answer = browser.client.post("/login", content=b"hello", headers=headers)
    assert (answer.status_code, answer.headers["connection"]) == (400, "close")
