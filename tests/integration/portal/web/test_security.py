"""Headers on every answer, and a policy under which our own pages work."""

import base64
import hashlib
import re

from portal.auth.accounts import Accounts
from tests.integration.conftest import Database
from tests.integration.portal.conftest import Browser, PortalFactory

EVERYWHERE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def directives(browser: Browser, path: str = "/login") -> dict[str, list[str]]:
    """Return the content security policy of an answer, taken apart."""
    parts = [part.split() for part in browser.get(path).headers["content-security-policy"].split(";")]
    return {part[0]: part[1:] for part in parts}


def test_every_answer_carries_the_headers(manager: Browser) -> None:
    """Errors and files included, each header once."""
    for path in [
        "/",
        "/login",
        "/nowhere",
        "/probe/break",
        "/_dash-layout",
        "/assets/tokens.css",
        "/healthz",
        "/readyz",
        "/metrics",
    ]:
        answer = manager.get(path)
        for name, value in EVERYWHERE.items():
            assert answer.headers.get_list(name) == [value]
        assert len(answer.headers.get_list("content-security-policy")) == 1
        assert "camera=()" in answer.headers["permissions-policy"]
        assert "x-request-id" in answer.headers
        assert "strict-transport-security" not in answer.headers
        assert "server" not in answer.headers


def test_scripts_within_documents_run_by_their_hash_only(manager: Browser) -> None:
    """Each one that Dash writes is allowed, and no other could be."""
    policy = directives(manager)
    assert policy["default-src"] == ["'self'"]
    assert not {"'unsafe-inline'", "'unsafe-eval'", "data:", "*"} & set(policy["script-src"])
    scripts = re.findall(
        r"<script(?![^>]*src=)(?![^>]*application/json)[^>]*>(.*?)</script>", manager.get("/").text, re.DOTALL
    )
    assert scripts
    for script in scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy["script-src"]


def test_no_other_site_can_frame_or_receive_anything(browser: Browser) -> None:
    """Frames, forms and base addresses are ours."""
    policy = directives(browser)
    assert policy["frame-ancestors"] == ["'none'"]
    assert policy["base-uri"] == ["'none'"]
    assert policy["form-action"] == policy["connect-src"] == policy["font-src"] == ["'self'"]
    assert policy["img-src"] == ["'self'", "data:", "blob:"]


def test_over_https_browsers_are_told_to_stay_there(
    database: Database, accounts: Accounts, portal_at: PortalFactory
) -> None:
    """For two years."""
    del accounts
    answer = portal_at(database.url, is_https=True).get("/login")
    assert answer.headers["strict-transport-security"] == "max-age=63072000; includeSubDomains"


def test_pages_and_answers_are_kept_by_no_cache(manager: Browser) -> None:
    """After the log-out the back button shows nothing."""
    for path in ("/", "/_dash-layout", "/login", "/nowhere"):
        assert manager.get(path).headers["cache-control"] == "no-store"
