"""A newcomer finds a page by its group; a phone has four of them and a way to the rest."""

import pytest

from portal.frame.navigation import SECTIONS, navigation, tabs
from portal.topics.registry import PAGES
from tests.unit.portal.topics.test_cards import hrefs, walk, words


def test_every_page_stands_once_in_a_group() -> None:
    """A page whose group has another name would be in none."""
    shown = navigation(PAGES, "/volume")
    assert sorted(hrefs(shown)) == sorted(page.path for page in PAGES)
    assert [words(group).split()[0] for group in shown] == list(SECTIONS)


def test_a_group_without_pages_has_no_heading() -> None:
    assert words(navigation(PAGES[:1], "/")) == "Today Overview"


def test_a_phone_has_four_tabs_and_all_pages_behind_more() -> None:
    """More than five do not fit a thumb."""
    listed, more = tabs(PAGES, "/")
    assert len(hrefs(listed)) == 4
    assert sorted(hrefs(more)) == sorted(page.path for page in PAGES)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug)
def test_the_place_of_the_reader_is_marked(page: object) -> None:
    """On its tab, or on "More" where it has none; and in its group."""
    path = page.path  # type: ignore[attr-defined]
    foot = tabs(PAGES, path)
    marked = [each["props"]["className"] for each in walk(foot) if "is-here" in str(each["props"].get("className"))]
    assert marked == [("tab" if page.is_tab else "more-summary") + " is-here", "nav-link is-here"]  # type: ignore[attr-defined]
