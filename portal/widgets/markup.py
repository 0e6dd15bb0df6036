"""Elements as the plain dictionaries that Dash sends to the browser.

A Dash component object takes some 15 microseconds to make, a dictionary one: a heat map of 168 linked cells would use
up a callback's whole share of the server's time. In the browser a component of `dash.html` is asked whether it has
changed whenever anything on the page does, so that a page of 2,000 took seconds to settle; a tree of these elements is
one component, drawn as plain HTML by `assets/markup.js`. Use these where there are many, and `dash.html` for what a
callback fills in or listens to: Dash does not see what is within a tree.
"""

from collections.abc import Sequence
from typing import Any, TypeAlias

from dash.development.base_component import Component

Element: TypeAlias = dict[str, Any]
Children: TypeAlias = "str | Element | Component | Sequence[Element | Component | str] | None"


def element(tag: str, children: Children = None, **props: object) -> Element:
    """Return one HTML element.

    Args:
        tag: Name of the class in `dash.html`, such as "Td"; one of those in `assets/markup.js`.
        children: What is in it.
        **props: As Dash names them: className, href, style ...
    """
    return {"type": tag, "namespace": "portal_markup", "props": {"content": children, **props}}


def aria(**names: str) -> dict[str, Any]:
    """Return attributes for assistive technology: `aria(label="Close")` is `aria-label`."""
    return {f"aria-{name}": value for name, value in names.items()}


def attributes(named: dict[str, str]) -> Any:  # noqa: ANN401 - Dash's components declare no aria-* and data-* arguments
    """Return aria-* and data-* attributes to pass on to a component of `dash.html` with two asterisks."""
    return named
