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

_CALLBACKS: Final = "/_dash-update-component"
_MOST_BYTES: Final = 24 * 1024 * 1024
_LARGEST_BYTES: Final = 128 * 1024
_KEY: Final = "remembered_answer"


class RememberedAnswers:
    """Answers of one process, the least recently used forgotten first."""

    def __init__(self, outputs: tuple[str, ...], data: Callable[[], Hashable]) -> None:
        """Start with none.

        Args:
            outputs: Beginnings of the ids of components whose callbacks answer everybody alike.
            data: Returns what tells one state of the data from another.
        """
        self._outputs = outputs
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
        if request.path != _CALLBACKS or request.method != "POST" or not request.is_json:
            return None
        body = request.get_data()
        if not self._is_alike(body):
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

    def _is_alike(self, body: bytes) -> bool:
        """Tell whether all that a callback fills in belongs to components that show everybody the same."""
        try:
            asked = orjson.loads(body)
        except orjson.JSONDecodeError:
            return False
        outputs: Any = asked.get("outputs") if isinstance(asked, dict) else None
        listed = outputs if isinstance(outputs, list) else [outputs]
        names = [each.get("id") if isinstance(each, dict) else None for each in listed]
        return bool(names) and all(isinstance(name, str) and name.startswith(self._outputs) for name in names)

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


def _response(body: bytes, is_compressed: bool) -> flask.Response:  # noqa: FBT001 - what was kept of the answer
    response = flask.Response(body, mimetype="application/json")
    if is_compressed:
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    return response
