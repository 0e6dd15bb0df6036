"""Which requests a page of ours made, and which paths are open."""

import pytest

from portal.auth.guard import is_open, is_same_origin

HOST = "portal.example:8050"


@pytest.mark.parametrize(
    ("fetch_site", "origin", "expected"),
    [
        ("same-origin", None, True),
        ("same-origin", f"http://{HOST}", True),
        ("same-site", f"http://{HOST}", False),
        ("cross-site", f"http://{HOST}", False),
        ("none", None, False),
        (None, f"http://{HOST}", True),
        (None, f"https://{HOST}", True),
        (None, "http://portal.example", False),
        (None, "http://portal.example:80501", False),
        (None, "null", False),
        (None, "", False),
        (None, None, False),
    ],
)
def test_only_our_own_pages_are_believed(fetch_site: str | None, origin: str | None, *, expected: bool) -> None:
    """Sec-Fetch-Site decides where there is one; else Origin has to name this host."""
    assert is_same_origin(fetch_site, origin, HOST) is expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [("/login", True), ("/assets/base.css", True), ("/login/x", False), ("/assets", False), ("/", False)],
)
def test_few_paths_are_open(path: str, *, expected: bool) -> None:
    """The log-in page and the folders of its files."""
    assert is_open(path) is expected
