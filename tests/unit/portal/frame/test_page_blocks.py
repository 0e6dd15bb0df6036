"""A page is sent with its first numbers in it when they are quick, and never waits for them when they are not."""

import time
from collections.abc import Callable
from typing import Any, cast

import pytest
from dash import Output, dcc, html
from dash.development.base_component import Component

from analytics.errors import SupportAnalyticsError
from portal.frame.page import Asked, Block, Page
from portal.frame.page_blocks import page_content
from portal.frame.services import PortalServices

ASKED = Asked("?period=7d", "dark")
SERVICES = cast("PortalServices", object())


def page(*blocks: Block) -> Page:
    """Return a page with an empty place for each of two blocks."""
    return Page(
        slug="desk",
        path="/desk",
        title="Desk",
        filters=(),
        layout=lambda: html.Div([html.Div(id="desk-first"), html.Div(id="desk-second")]),
        register=lambda _app, _services: None,
        blocks=blocks,
    )


def block(
    place: str, draw: Callable[[PortalServices, Asked], tuple[object, ...]], *, comes_later: bool = False
) -> Block:
    return Block((Output(place, "children"),), draw, comes_later=comes_later)


def echo(_services: PortalServices, asked: Asked) -> tuple[object, ...]:
    return (f"{asked.search} {asked.theme}",)


def fails(_services: PortalServices, _asked: Asked) -> tuple[object, ...]:
    message = "The database has other things to do."
    raise SupportAnalyticsError(message)


def shown(content: list[Component], place: str) -> Any:
    return getattr(content[0][place], "children", None)


def asks_again(content: list[Component]) -> bool:
    tick = content[1]
    assert isinstance(tick, dcc.Interval)
    return bool(vars(tick)["max_intervals"])


def test_first_blocks_come_with_the_page() -> None:
    """They are drawn for the address and theme asked for, and nothing asks for them again."""
    content = page_content(page(block("desk-first", echo), block("desk-second", echo)), SERVICES, ASKED)
    assert shown(content, "desk-first") == shown(content, "desk-second") == "?period=7d dark"
    assert not asks_again(content)


def test_later_blocks_are_left_to_their_callbacks() -> None:
    """What is below the first screen holds nobody up, and its failing is not the page's."""
    content = page_content(
        page(block("desk-first", echo), block("desk-second", fails, comes_later=True)), SERVICES, ASKED
    )
    assert shown(content, "desk-second") is None
    assert not asks_again(content)


def test_a_block_that_fails_leaves_the_page_standing() -> None:
    """The page comes, and its callbacks are started."""
    content = page_content(page(block("desk-first", fails), block("desk-second", echo)), SERVICES, ASKED)
    assert shown(content, "desk-first") is None
    assert asks_again(content)


def test_slow_numbers_do_not_hold_the_page_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once the time is used up no further block is asked for, and the callbacks are started."""
    now = iter(range(100))
    monkeypatch.setattr(time, "monotonic", lambda: float(next(now)))
    content = page_content(page(block("desk-first", fails)), SERVICES, ASKED)
    assert asks_again(content)
