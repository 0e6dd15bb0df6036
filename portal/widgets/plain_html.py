"""A tree of components as plain HTML, for a page that is to be seen before the program that draws it has come."""

from html import escape
from typing import Any, Final

from dash.development.base_component import Component

_NAMES: Final = {"className": "class", "htmlFor": "for", "defaultValue": "value", "defaultChecked": "checked"}
_OF_DASH: Final = frozenset({"children", "content", "n_clicks", "key", "figure", "config"})
_VOID: Final = frozenset({"br", "col", "hr", "img", "input"})
_OWN_TAGS: Final = frozenset({"dash_html_components", "portal_markup"})
_FIELDS: Final = {"Input": "form-control", "Button": "btn btn-primary"}
"""What the components of Bootstrap add to the class names they are given."""


def plain_html(node: object) -> str:
    """Return a component, an element, a text or a list of them as HTML.

    A chart is an empty place of its size, and what only a program can work with is switched off or left out.
    """
    if node is None or isinstance(node, bool):
        return ""
    if isinstance(node, (list, tuple)):
        return "".join(plain_html(each) for each in node)
    if isinstance(node, Component):
        return _of_parts(node.to_plotly_json())
    return _of_parts(node) if isinstance(node, dict) else escape(str(node))


def _of_parts(parts: dict[str, Any]) -> str:
    kind, props = str(parts["type"]), parts["props"]
    if parts["namespace"] in _OWN_TAGS:
        return _tag(kind.lower(), props)
    if kind == "Graph":
        return _tag("div", {"id": props.get("id"), "className": "dash-graph", "style": props.get("style")})
    if kind in _FIELDS:
        name = f"{props.get('className', '')} {_FIELDS[kind]}"
        return _tag(kind.lower(), {**props, "className": name, "disabled": True})
    return ""


def _tag(tag: str, props: dict[str, Any]) -> str:
    content = props.get("content", props.get("children"))
    if tag == "select":
        content, props = _with_choice(content, props)
    start = f"<{tag}{''.join(_attribute(name, value) for name, value in props.items() if name not in _OF_DASH)}>"
    return start if tag in _VOID else f"{start}{plain_html(content)}</{tag}>"


def _with_choice(options: Any, props: dict[str, Any]) -> tuple[Any, dict[str, Any]]:  # noqa: ANN401 - as Dash has them
    """Mark the chosen option: HTML has no attribute for it on the list itself."""
    chosen = props.get("defaultValue")
    marked = [
        {**option, "props": {**option["props"], "selected": option["props"].get("value") == chosen}}
        for option in options or ()
    ]
    return marked, {name: value for name, value in props.items() if name != "defaultValue"}


def _attribute(name: str, value: object) -> str:
    if value is None or value is False:
        return ""
    written = _NAMES.get(name, name.lower())
    if value is True:
        return f" {written}"
    text = _style(value) if isinstance(value, dict) else str(value)
    return f' {written}="{escape(text)}"'


def _style(rules: dict[str, object]) -> str:
    return ";".join(f"{_property(name)}:{value}" for name, value in rules.items())


def _property(name: str) -> str:
    """Return a CSS property for its name in a program: `minHeight` is `min-height`."""
    if name.startswith("--"):
        return name
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name)
