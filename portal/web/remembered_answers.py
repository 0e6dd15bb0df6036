"""Whole answers to callbacks, remembered for as long as the data stays the same.

What a page shows follows from its address, the data and the theme. Drawing it again for the next reader would cost ten
times what sending the finished answer does.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from hashlib import sha256
from http import HTTPStatus
from typing import Any, Final

import flask
import orjson

from portal.frame.page import URL
from portal.web.own_paths import CALLBACKS

_MOST_BYTES: Final = 24 * 1024 * 1024
_LARGEST_BYTES: Final = 128 * 1024
_KEY: Final = "remembered_answer"


class RememberedAnswers:
    """Answers of one process, the least recently used forgotten first."""

    def __init__(self, is_alike: Callable[[tuple[str, ...], str], bool], data: Callable[[], Hashable]) -> None:
        """Start with none.

        Args:
            is_alike: Tells from the ids that a callback fills, and the path it is asked on, whether all get the same.
            data: Returns what tells one state of the data from another.
        """
        self._is_alike = is_alike
        self._data = data
        self._answers: OrderedDict[bytes, tuple[bytes, bool]] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def install(self, server: flask.Flask) -> None:
        """Answer from memory behind the guard. To be installed after the guard and before the compression."""
        server.before_request(self._recall)
        server.after_request(self._remember)

    def _recall(self) -> flask.Response | None:
        request = flask.request
        if request.path != CALLBACKS or request.method != "POST" or not request.is_json:
            return None
        body = request.get_data()
        if not self._is_alike(*_callback(body)):
            return None
        state = repr((self._data(), request.accept_encodings.quality("gzip") > 0)).encode()
        key = sha256(state + b"\0" + body).digest()
        with self._lock:
            found = self._answers.get(key)
            if found is not None:
                self._answers.move_to_end(key)
        if found is None:
            setattr(flask.g, _KEY, key)
            return None
        return _response(*found)

    def _remember(self, response: flask.Response) -> flask.Response:
        key = flask.g.pop(_KEY, None)
        if key is None or response.status_code != HTTPStatus.OK:
            return response
        body = response.get_data()
        if len(body) > _LARGEST_BYTES:
            return response
        with self._lock:
            replaced, _ = self._answers.pop(key, (b"", False))
            self._answers[key] = body, response.headers.get("Content-Encoding") == "gzip"
            self._bytes += len(body) - len(replaced)
            while self._bytes > _MOST_BYTES:
                _, (forgotten, _) = self._answers.popitem(last=False)
                self._bytes -= len(forgotten)
        return response


def _callback(body: bytes) -> tuple[tuple[str, ...], str]:
    """Return the ids that a callback fills and the path it is asked on; no ids if the request is no callback."""
    try:
        asked = orjson.loads(body)
    except orjson.JSONDecodeError:
        return (), ""
    if not isinstance(asked, dict):
        return (), ""
    filled = [each.get("id") for each in _objects(asked.get("outputs"))]
    names = tuple(name for name in filled if isinstance(name, str))
    given = (*_objects(asked.get("inputs")), *_objects(asked.get("state")))
    paths = [each.get("value") for each in given if (each.get("id"), each.get("property")) == (URL, "pathname")]
    path = paths[0] if len(paths) == 1 and isinstance(paths[0], str) else ""
    return names if len(names) == len(filled) else (), path


def _objects(found: object) -> list[dict[str, Any]]:
    listed = found if isinstance(found, list) else [found]
    # What is no object has no id, so that it is never taken for a component.
    return [each if isinstance(each, dict) else {} for each in listed]


def _response(body: bytes, is_compressed: bool) -> flask.Response:  # noqa: FBT001 - what was kept of the answer
    response = flask.Response(body, mimetype="application/json")
    if is_compressed:
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    return response
