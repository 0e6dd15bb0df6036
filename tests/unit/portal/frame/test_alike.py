"""Which callbacks answer everybody alike."""

from dataclasses import replace

import pytest
from dash import html

from portal.frame.alike import alike_for
from portal.frame.page import Page
from portal.frame.shell import BADGE, CONTENT, FILTERS, TITLE


def _page(slug: str, *, is_alike: bool) -> Page:
    page = Page(slug, f"/{slug}", slug, (), html.Div, lambda _app, _services: None)
    return replace(page, matches_below=True, is_alike=is_alike)


@pytest.mark.parametrize(
    ("filled", "path", "expected"),
    [
        (("same-chart",), "/same", True),
        (("same-chart", "same-table", FILTERS), "/same", True),
        ((TITLE, FILTERS), "/own", True),
        ((CONTENT,), "/same", True),
        ((CONTENT,), "/same/below", True),
        ((CONTENT,), "/own", False),
        ((CONTENT,), "/nowhere", False),
        ((CONTENT,), "", False),
        (("own-chart",), "/own", False),
        (("own-chart",), "/same", False),
        (("same-chart", "own-chart"), "/same", False),
        ((BADGE,), "/same", False),
        (("same",), "/same", False),
        ((), "/same", False),
    ],
)
def test_only_the_frame_and_pages_that_opt_in_are_alike(filled: tuple[str, ...], path: str, *, expected: bool) -> None:
    """Everything that an answer fills has to be, and a whole page is alike only where that page is."""
    is_alike = alike_for((_page("same", is_alike=True), _page("own", is_alike=False)))
    assert is_alike(filled, path) is expected


def test_nothing_but_the_frame_is_alike_where_no_page_opts_in() -> None:
    """A page says nothing, and is worked out for each reader."""
    is_alike = alike_for((_page("own", is_alike=False),))
    assert is_alike((TITLE,), "/own")
    assert not is_alike(("own-chart",), "/own")
