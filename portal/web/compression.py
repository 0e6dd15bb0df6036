"""Answers compressed: files once, the rest as it goes."""

import gzip
import re
import threading
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

import flask
from werkzeug.http import generate_etag

FILE_FOLDERS: Final = ("/assets/", "/static/", "/_dash-component-suites/")
_LEAST_BYTES: Final = 1_000
_MOST_FILES: Final = 300
_BEST: Final = 9
_QUICK: Final = 3
_TEXTS: Final = ("text/", "application/json", "application/javascript", "image/svg+xml")
_FOREVER: Final = "public, max-age=31536000, immutable"
_FONT_AGE: Final = "public, max-age=2592000"
_FINGERPRINT: Final = re.compile(r"\.v[\w-]+m\d+\.")
_ASK_AGAIN: Final = "public, no-cache"


@dataclass(frozen=True, slots=True)
class _File:
    """A file as it is sent."""

    body: bytes
    mimetype: str
    etag: str
    is_compressed: bool


class Compression:
    """Keeps the portal's files in memory, compressed; they do not change while it runs."""

    def __init__(self) -> None:
        """Start with no file."""
        self._files: dict[str, _File] = {}
        self._lock = threading.Lock()

    def install(self, server: flask.Flask) -> None:
        """Serve files from memory, behind the guard, and compress every other answer."""
        server.before_request(self._known_file)
        server.after_request(self._finish)

    def warm(self, server: flask.Flask, paths: tuple[str, ...]) -> None:
        """Read and compress files before anybody asks for them.

        Args:
            server: Whose files.
            paths: Their addresses.
        """
        for path in paths:
            with server.test_request_context(path):
                response = server.make_response(server.dispatch_request())
                self._remember(path.partition("?")[0], response)

    def _known_file(self) -> flask.Response | None:
        file = self._files.get(flask.request.path)
        return None if file is None or flask.request.method != "GET" else _answer(file)

    def _finish(self, response: flask.Response) -> flask.Response:
        request = flask.request
        if request.path.startswith(FILE_FOLDERS):
            is_new = request.method == "GET" and response.status_code == HTTPStatus.OK
            is_new = is_new and request.path not in self._files
            return _answer(self._remember(request.path, response)) if is_new else response
        response.headers.setdefault("Cache-Control", "no-store")
        if not response.is_streamed and _is_text(response):
            _compress(response)
        return response

    def _remember(self, path: str, response: flask.Response) -> _File:
        response.direct_passthrough = False
        body = response.get_data()
        etag = generate_etag(body)
        is_compressed = _is_text(response)
        file = _File(
            gzip.compress(body, _BEST, mtime=0) if is_compressed else body, response.mimetype or "", etag, is_compressed
        )
        with self._lock:
            # Addresses of component files may hold any number as their version.
            if len(self._files) < _MOST_FILES:
                self._files[path] = file
        return file


def _is_text(response: flask.Response) -> bool:
    return (response.mimetype or "").startswith(_TEXTS)


def _compress(response: flask.Response) -> None:
    response.vary.add("Accept-Encoding")
    if "Content-Encoding" in response.headers:
        return
    body = response.get_data()
    if len(body) >= _LEAST_BYTES and flask.request.accept_encodings.quality("gzip") > 0:
        response.set_data(gzip.compress(body, _QUICK, mtime=0))
        response.headers["Content-Encoding"] = "gzip"


def _answer(file: _File) -> flask.Response:
    request = flask.request
    is_sent_compressed = file.is_compressed and request.accept_encodings.quality("gzip") > 0
    body = gzip.decompress(file.body) if file.is_compressed and not is_sent_compressed else file.body
    response = flask.Response(body, mimetype=file.mimetype)
    response.headers["Cache-Control"] = _cache_control(request.path, request.query_string)
    response.vary.add("Accept-Encoding")
    response.set_etag(f"{file.etag}-gzip" if is_sent_compressed else file.etag)
    if is_sent_compressed:
        response.headers["Content-Encoding"] = "gzip"
    response.make_conditional(request)
    return response


def _cache_control(path: str, query: bytes) -> str:
    """Let browsers keep a file whose address changes with its content."""
    if query.startswith((b"m=", b"v=")) or _FINGERPRINT.search(path):
        return _FOREVER
    return _FONT_AGE if path.endswith(".woff2") else _ASK_AGAIN
