"""Compressed answers say the same as plain ones, and files are sent once."""

from tests.integration.portal.conftest import HOST, Browser

ORIGIN = f"http://{HOST}"
SUITE = "/_dash-component-suites/dash/dash-renderer/build/dash_renderer.v4_4_1m1700000000.min.js"


def test_a_callback_is_compressed_for_who_understands_it(manager: Browser) -> None:
    """Both get the same answer."""
    compressed = manager.call(Origin=ORIGIN, Accept_Encoding="gzip")
    plain = manager.call(Origin=ORIGIN, Accept_Encoding="identity")
    assert compressed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert compressed.json() == plain.json()
    assert int(compressed.headers["content-length"]) < int(plain.headers["content-length"]) / 2
    assert "Accept-Encoding" in compressed.headers["vary"]


def test_a_file_is_the_same_compressed_and_plain_the_first_time_and_later(browser: Browser) -> None:
    """From disk, then from memory."""
    answers = [browser.get("/assets/tokens.css", Accept_Encoding=each) for each in ("gzip", "identity", "gzip")]
    assert [answer.headers.get("content-encoding") for answer in answers] == ["gzip", None, "gzip"]
    assert len({answer.content for answer in answers}) == 1
    assert all(answer.headers["content-type"].startswith("text/css") for answer in answers)


def test_a_browser_that_has_a_file_is_not_sent_it_again(browser: Browser) -> None:
    """The tag is that of the content."""
    first = browser.get("/assets/tokens.css")
    assert first.headers["cache-control"] == "public, no-cache"
    again = browser.get("/assets/tokens.css", If_None_Match=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")


def test_a_file_whose_address_names_its_version_is_kept_for_good(manager: Browser) -> None:
    """Dash writes the version behind the name or into it."""
    for path in ("/assets/tokens.css?m=1700000000.5", SUITE):
        assert manager.get(path).headers["cache-control"] == "public, max-age=31536000, immutable"


def test_files_in_memory_are_behind_the_guard_too(manager: Browser) -> None:
    """Whoever asked first makes no difference."""
    assert manager.get(SUITE).status_code == 200
    manager.client.cookies.clear()
    assert manager.get(SUITE).status_code == 401
