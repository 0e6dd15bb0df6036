"""Which callbacks answer everybody alike, so that one reader's answer may be sent to the next one."""

from collections.abc import Callable

from portal.frame.page import Page
from portal.frame.shell import CONTENT, FILTERS, NAVIGATION, NOTICES, TITLE

_FRAME: frozenset[str] = frozenset({NAVIGATION, TITLE, FILTERS, NOTICES})
"""What the frame shows everybody who looks at the same address."""


def alike_for(pages: tuple[Page, ...]) -> Callable[[tuple[str, ...], str], bool]:
    """Return the rule for a set of pages.

    Args:
        pages: Those that opt in say so by `is_alike`.

    Returns:
        A function of the ids that a callback fills and the path of the page it is asked on. It is true if everybody
        gets the same in all of them.
    """
    starts = tuple(f"{page.slug}-" for page in pages if page.is_alike)

    def is_alike(filled: tuple[str, ...], path: str) -> bool:
        # A page arrives whole in one component, so whether that is alike depends on which page it is.
        shown = next((page for page in pages if page.matches(path)), None)
        is_shown_alike = shown is not None and shown.is_alike
        return bool(filled) and all(
            name in _FRAME or name.startswith(starts) or (name == CONTENT and is_shown_alike) for name in filled
        )

    return is_alike
