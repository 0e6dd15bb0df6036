"""The guard: nothing but the log-in page without a session, and no request made by another site."""

import re

from tests.integration.portal.conftest import HOST, Browser

OWN_ORIGIN = f"http://{HOST}"


def test_what_a_page_loads_is_refused_without_a_session(browser: Browser) -> None:
    """A program gets a status it can act on, not the document of another page."""
    for path in [
        "/_dash-layout",
        "/_dash-dependencies",
        "/_reload-hash",
        "/_favicon.ico",
        "/_dash-component-suites/dash/dcc/dash_core_components.js",
        "/_dash-anything",
    ]:
        refused = browser.get(path)
        assert refused.status_code == 401
        assert refused.json()["message"] == "Your log-in has ended. Log in again."


def test_every_route_of_dash_is_behind_the_guard(browser: Browser) -> None:
    """Routes that a later version of Dash adds are found here."""
    rules = [rule for rule in browser.server.url_map.iter_rules() if rule.rule.startswith("/_")]
    assert len(rules) >= 5
    for rule in rules:
        path = rule.rule.replace("<string:package_name>", "dash").replace("<path:fingerprinted_path>", "dcc/x.js")
        assert "<" not in path
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            refused = browser.client.request(method, path, headers={"Origin": OWN_ORIGIN})
            assert refused.status_code == 401, (method, path)


def test_pages_lead_to_the_log_in(browser: Browser) -> None:
    """Unknown ones too: who is not in does not learn which paths there are."""
    for path in ["/", "/deep", "/deep/7", "/probe/role", "/nowhere", "/assets", "/loginx", "/LOGIN"]:
        sent_away = browser.get(path)
        assert sent_away.status_code == 302
        assert sent_away.headers["location"].startswith("/login")


def test_an_odd_path_opens_nothing(browser: Browser) -> None:
    """What is open is a folder of files, not whatever its name begins with."""
    for path in [
        "/assets/../_dash-layout",
        "/assets/..%2f_dash-layout",
        "/assets/%2e%2e/_dash-layout",
        "/login/../_dash-layout",
        "//_dash-layout",
        "/assets//../../settings.py",
        "/static/..%2fsettings.py",
        "/static/%2e%2e/templates/login.html",
    ]:
        assert browser.get(path).status_code in {302, 308, 401, 404}


def test_what_the_log_in_page_needs_is_open(browser: Browser) -> None:
    """Style, icon, type and the theme's script; the page names no other file."""
    files = re.findall(r'(?:src|href)="(/[^"]+)"', browser.get("/login").text)
    assert len(files) >= 4
    for file in files:
        assert browser.get(file).status_code == 200, file


def test_another_sites_page_cannot_use_the_session(manager: Browser) -> None:
    """A callback says where it comes from; one that does not, or comes from elsewhere, is refused."""
    for headers in [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": f"{OWN_ORIGIN}.evil.example"},
        {"Sec_Fetch_Site": "cross-site", "Origin": OWN_ORIGIN},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "none"},
    ]:
        refused = manager.call(**headers)
        assert refused.status_code == 403
        assert refused.json()["message"] == "The request was not made by a page of this portal."


def test_our_own_page_can(manager: Browser) -> None:
    """Both ways in which browsers say so are understood."""
    for headers in [{"Origin": OWN_ORIGIN}, {"Sec_Fetch_Site": "same-origin"}]:
        answered = manager.call("hello", **headers)
        assert answered.status_code == 200
        assert answered.json()["response"]["probe-out"]["children"].startswith("hello at version ")
