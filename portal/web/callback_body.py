"""Callbacks are answered only when a page of this portal can have sent them: declared parts, values of their type."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import flask
import orjson
from dash import Dash
from werkzeug.exceptions import BadRequest

from portal.web.own_paths import CALLBACKS

_TEXT: Final = (str,)
_MAYBE_TEXT: Final = (str, type(None))
_NUMBER: Final = (int, float, type(None))
_ANY: Final = (str, int, float, type(None))
_TYPES: Final[Mapping[str, tuple[type, ...]]] = {
    "pathname": _TEXT,
    "search": _MAYBE_TEXT,
    "n_intervals": _NUMBER,
    "n_clicks": _NUMBER,
    "data-page": _MAYBE_TEXT,
}
"""Property of a component -> what it may hold; of all others a text, a number or nothing."""


def install_callback_check(server: flask.Flask, app: Dash) -> None:
    """Refuse a callback whose body no page sends, before Dash works on it. To be installed after the guard.

    Args:
        server: The Flask server.
        app: Knows its callbacks, once every page is registered.
    """

    def check() -> None:
        request = flask.request
        if (
            request.path == CALLBACKS
            and request.method == "POST"
            and not is_sound(request.get_data(), app.callback_map)
        ):
            raise BadRequest

    server.before_request(check)


def is_sound(body: bytes, callbacks: Mapping[str, Mapping[str, Any]]) -> bool:
    """Say whether a body asks for one of the callbacks with the parts that it declares.

    Args:
        body: As sent.
        callbacks: Dash's map of callbacks, by their outputs.
    """
    try:
        asked = orjson.loads(body)
    except orjson.JSONDecodeError:
        return False
    if not isinstance(asked, dict) or not isinstance(asked.get("output"), str):
        return False
    callback = callbacks.get(asked["output"])
    if callback is None:
        return False
    changed = asked.get("changedPropIds", [])
    return (
        _are_parts(asked.get("inputs", []), callback["inputs"])
        and _are_parts(asked.get("state", []), callback["state"])
        and _are_outputs(asked.get("outputs"), callback["output"])
        and isinstance(changed, list)
        and all(isinstance(each, str) for each in changed)
    )


def _are_parts(sent: object, declared: Sequence[Mapping[str, str]]) -> bool:
    if not isinstance(sent, list) or len(sent) != len(declared):
        return False
    return all(_is_part(part, expected) for part, expected in zip(sent, declared, strict=True))


def _is_part(part: object, expected: Mapping[str, str]) -> bool:
    if not isinstance(part, dict) or any(part.get(name) != expected[name] for name in ("id", "property")):
        return False
    value = part.get("value")
    allowed = _TYPES.get(expected["property"], _ANY)
    return isinstance(value, allowed) and not isinstance(value, bool)


def _are_outputs(sent: object, declared: Any) -> bool:  # noqa: ANN401 - one output of Dash's, or a list of them
    if isinstance(declared, list):
        return (
            isinstance(sent, list)
            and len(sent) == len(declared)
            and all(_is_output(each, output) for each, output in zip(sent, declared, strict=True))
        )
    return _is_output(sent, declared)


def _is_output(sent: object, output: Any) -> bool:  # noqa: ANN401 - Dash's own type is private
    return isinstance(sent, dict) and (sent.get("id"), sent.get("property")) == (
        output.component_id,
        output.component_property,
    )
