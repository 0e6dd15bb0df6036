"""The portal's pages, in the order of the navigation."""

from typing import Final

from portal.page import Page

PAGES: Final[tuple[Page, ...]] = ()


def page_at(path: str) -> Page | None:
    """Return the page at a path of the address; None when there is none."""
    return next((page for page in PAGES if page.matches(path)), None)
