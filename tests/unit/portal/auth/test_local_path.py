"""After the log-in, nobody is sent to another site."""

from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.auth.local_path import HOME, local_path

SITE = "https://portal.example"


@pytest.mark.parametrize("path", ["/", "/volume", "/tickets/17?from=2026-01-01&agent=T%20M", "/deep?next=//elsewhere"])
def test_a_path_of_ours_is_kept(path: str) -> None:
    """With its query."""
    assert local_path(path) == path


@pytest.mark.parametrize(
    "text",
    [
        "",
        "volume",
        "//elsewhere.example",
        "///elsewhere.example",
        "/\\elsewhere.example",
        "/\t/elsewhere.example",
        "/\n/elsewhere.example",
        "https://elsewhere.example",
        "javascript:alert(1)",
        "/login?next=/login",
        "/_dash-layout",
        "/assets/base.css",
        "//[",
    ],
)
def test_anything_else_is_the_first_page(text: str) -> None:
    """Not an error: the person has just logged in."""
    assert local_path(text) == HOME


@given(st.text(st.sampled_from("/\\:@.?#&%ahtps\t\r\n \x00[]"), max_size=20))
def test_the_result_is_always_of_this_site(text: str) -> None:
    """Whatever stands in the address, a browser that follows it stays."""
    path = local_path(text)
    assert path.startswith("/")
    assert urlsplit(urljoin(SITE, path)).netloc == "portal.example"
    assert not set(path) & set("\\\t\r\n \x00")
