"""Fills a page's blocks: the first ones before the page is sent, the others by callbacks."""

import time
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa
from dash import Dash, Input, Output, State, dcc
from dash.development.base_component import Component

from analytics.errors import SupportAnalyticsError
from portal.frame.page import DATA_VERSION, THEME, URL, Asked, Block, Page
from portal.frame.presence import stay_unless

if TYPE_CHECKING:
    from portal.frame.services import PortalServices

_LONGEST_SECONDS: Final = 0.25
"""When the first blocks take longer, the page is sent without them, and they come one by one."""


def page_content(page: Page, services: "PortalServices", asked: Asked) -> list[Component]:
    """Return a page with its first blocks filled in, if the database is quick.

    A block that waits for its callback costs the browser a request and some ten milliseconds of Dash's own work; six of
    them before the first chart were a third of the time until it stood there.
    """
    content = page.layout()
    is_filled = _fill(content, page, services, asked)
    # One tick, at once, starts the callbacks of blocks that are still empty.
    return [content, dcc.Interval(id=_tick(page), interval=1, max_intervals=0 if is_filled else 1)]


def register_blocks(app: Dash, page: Page, services: "PortalServices") -> None:
    """Register the callback of each of a page's blocks, once."""
    for block in page.blocks:
        _register(app, page, block, services)


def _tick(page: Page) -> str:
    return f"{page.slug}-tick"


def _fill(content: Component, page: Page, services: "PortalServices", asked: Asked) -> bool:
    """Draw a page's first blocks into it; returns whether they are all there."""
    give_up_at = time.monotonic() + _LONGEST_SECONDS
    for block in page.blocks:
        if block.comes_later:
            continue
        if time.monotonic() > give_up_at:
            return False
        try:
            drawn = block.draw(services, asked)
        except (SupportAnalyticsError, sa.exc.DBAPIError):
            # The callback of the block meets the error again, and by itself.
            return False
        for output, value in zip(block.outputs, drawn, strict=True):
            setattr(content[output.component_id], output.component_property, value)
    return True


def _register(app: Dash, page: Page, block: Block, services: "PortalServices") -> None:
    inputs = {"search": Input(URL, "search"), "_version": Input(DATA_VERSION, "data")}
    if not block.comes_later:
        inputs["_ticks"] = Input(_tick(page), "n_intervals")
    state: dict[str, Input | State] = {"path": State(URL, "pathname")}
    state["theme"] = Input(THEME, "data") if _has_figure(block.outputs) else State(THEME, "data")

    @app.callback(list(block.outputs), inputs | state, prevent_initial_call=not block.comes_later)
    def draw(search: str | None, path: str, theme: str, **_changes: int) -> list[object]:
        stay_unless(page.matches(path))
        return list(block.draw(services, Asked(search or "", theme)))


def _has_figure(outputs: tuple[Output, ...]) -> bool:
    """Tell whether a block is drawn in the theme's colours; all else takes them from the style sheet."""
    return any(output.component_property == "figure" for output in outputs)
