"""The document's frame: with what is known, or bare when the database does not say."""

import threading
from collections.abc import Callable
from typing import cast

import flask
import pytest
import sqlalchemy as sa
from dash import html
from dash.development.base_component import Component

from analytics.errors import SupportAnalyticsError
from portal.frame.first_frame import NO_SCRIPT, FirstFrame
from portal.frame.shell import Shell


class ShellOf:
    """A shell whose pages a function draws."""

    def __init__(self, draw: Callable[[], Component]) -> None:
        self._draw = draw

    def at(self, path: str, search: str) -> Component:
        """Return the page."""
        return html.Div([f"{path} {search} ", self._draw()])

    def bare(self, path: str) -> Component:
        """Return the page without what the database says."""
        return html.Div(f"bare {path}")


def drawn(draw: Callable[[], Component], address: str = "/volume?by=channel") -> str:
    """Return the frame of an address."""
    frame = FirstFrame(cast("Shell", ShellOf(draw)))
    with flask.Flask("portal").test_request_context(address):
        return frame()


def test_the_page_of_the_address_is_drawn() -> None:
    """With its path and filters, in a place of its own, and with a sentence for browsers without JavaScript."""
    shown = drawn(lambda: html.Strong("1,090"))
    assert "<div>/volume ?by=channel <strong>1,090</strong></div>" in shown
    assert shown.startswith('<div id="first-frame"><noscript>')
    assert NO_SCRIPT in shown


@pytest.mark.parametrize("error", [SupportAnalyticsError("x", "y"), sa.exc.OperationalError("x", {}, Exception())])
def test_a_database_that_fails_leaves_the_bare_page(error: Exception) -> None:
    """Its callbacks meet the error again and say it."""

    def fail() -> Component:
        raise error

    assert "<div>bare /volume</div>" in drawn(fail)


def test_a_slow_database_is_not_waited_for() -> None:
    """The document goes out with the bare page while the question is still being answered."""
    answered = threading.Event()

    def wait() -> Component:
        answered.wait(60)
        return html.Div("late")

    try:
        assert "<div>bare /volume</div>" in drawn(wait)
    finally:
        answered.set()
