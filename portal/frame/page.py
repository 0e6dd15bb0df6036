"""What a page of the portal is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dash.development.base_component import Component

if TYPE_CHECKING:
    from dash import Dash, Output

    from portal.frame.services import PortalServices

URL: Final = "url"
"""Id of the `dcc.Location`: its `search` is the only filter state."""
THEME: Final = "theme"
"""Id of the store whose `data` is "light" or "dark"."""
DATA_VERSION: Final = "data-version"
"""Id of the store whose `data` changes when there are new numbers."""

Drawn = tuple[object, ...]
"""Values of a block's outputs, in their order."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asks a block for.

    Attributes:
        search: The address after its path, with the filters.
        theme: "light" or "dark".
    """

    search: str
    theme: str


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a page with numbers in it.

    Attributes:
        outputs: Properties of components of the page's layout.
        draw: Returns their values.
        comes_later: Whether the page is shown without waiting for it: for what is below the first screen.
    """

    outputs: tuple["Output", ...]
    draw: Callable[["PortalServices", Asked], Drawn]
    comes_later: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page: where it is, what it is called, which filters it takes, and how it is made.

    Attributes:
        slug: Short name, unique.
        path: Path in the address, such as "/volume".
        title: What the navigation and the page's heading say.
        filters: Filters its filter bar offers: "period", "compare" and dimension slugs.
        layout: Makes the page's content, without numbers.
        register: Registers the page's own callbacks, once, when the application is made.
        blocks: The parts of the layout that hold numbers, from the top of the page to its end.
        section: Heading of its group in the navigation, one of `portal.frame.navigation.SECTIONS`.
        is_tab: Whether it is one of the four at the foot of a phone; the others are behind "More".
        keeps: Further parameters of the address that stay when a filter changes, such as what was searched for.
        matches_below: Whether paths below `path` belong to the page too, such as "/tickets/17".
        is_alike: Whether everybody is shown the same: what the page and its callbacks answer follows from the address,
            the data and the theme alone. Whole answers are then remembered and sent to others. A page that shows
            anything of its reader, or of a customer, leaves this False. The ids of its components begin with the slug
            and a hyphen.
    """

    slug: str
    path: str
    title: str
    filters: tuple[str, ...]
    layout: Callable[[], Component]
    register: Callable[["Dash", "PortalServices"], None]
    blocks: tuple[Block, ...] = ()
    section: str = ""
    matches_below: bool = False
    keeps: tuple[str, ...] = ()
    is_tab: bool = False
    is_alike: bool = False

    def matches(self, path: str) -> bool:
        """Tell whether a path of the address is this page's."""
        return path == self.path or (self.matches_below and path.startswith(f"{self.path}/"))
