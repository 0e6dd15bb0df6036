"""Errors as answers: each error carries its kind, and one table says which status a kind gets.

A page answers with a document, a program's request with JSON; both carry the id that the log has.
"""

import logging
from dataclasses import dataclass
from typing import Final

import flask
import sqlalchemy as sa
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.wrappers import Response

from analytics.errors import ErrorKind, SupportAnalyticsError
from analytics.log_lines import failure_fields
from portal.auth.guard import PROGRAM_PATHS
from portal.web.request_observer import REQUEST_ID_HEADER
from storage.full_disk import disk_full

DATABASE_DOWN: Final = "The database does not answer. The page will come back by itself."
NOT_PREPARED: Final = "The database has not been prepared. Run: support-analytics db migrate"
DISK_FULL: Final = (
    "The disk is full, so nothing can be kept. What is there can still be read."
    " Ask whoever runs the portal to make room."
)
_RETRY_SECONDS: Final = 5
_LOGGER: Final = logging.getLogger("portal.web.errors")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person reads about an error.

    Attributes:
        status: HTTP status.
        title: Heading of the page.
        sentence: What happened and what to do.
        is_temporary: Whether the same request may succeed in a moment.
        reason: Slug of it, for programs; "" where none asks.
    """

    status: int
    title: str
    sentence: str
    is_temporary: bool = False
    reason: str = ""


_UNFORESEEN: Final = Answer(
    500, "Something went wrong", "The page could not be made. Try again; if it stays so, report the number below."
)
_DATABASE_DOWN: Final = Answer(503, "One moment", DATABASE_DOWN, is_temporary=True, reason="database_does_not_answer")
_NOT_PREPARED: Final = Answer(503, "Not ready yet", NOT_PREPARED, is_temporary=True, reason="database_not_prepared")
DISK_IS_FULL: Final = Answer(503, "The disk is full", DISK_FULL, is_temporary=True, reason="disk_full")

_BY_KIND: Final[dict[ErrorKind, tuple[int, str, bool]]] = {
    ErrorKind.NOT_SIGNED_IN: (401, "Log in", False),
    ErrorKind.NOT_ALLOWED: (403, "Not allowed", False),
    ErrorKind.INVALID: (400, "That did not work", False),
    ErrorKind.UNAVAILABLE: (503, "One moment", True),
}
"""A fault is not here: it may quote data, so it is logged and not shown."""
_BY_STATUS: Final = {
    400: Answer(400, "That did not work", "The request cannot be understood."),
    403: Answer(403, "Not allowed", "You may not do this."),
    404: Answer(404, "There is no such page", "Check the address, or start from the Overview."),
    405: Answer(405, "That did not work", "This address does not take such a request."),
    413: Answer(413, "Too large", "The request is larger than the portal takes."),
}
_FORM_EXPIRED: Final = Answer(
    400, "Please try again", "The form was open for too long. Go back, load it again, send it."
)
# https://www.postgresql.org/docs/current/errcodes-appendix.html: undefined table, undefined schema, and, when a session
# takes its role, a role that does not exist.
_MISSING_SCHEMA_CODES: Final = frozenset({"42P01", "3F000", "22023"})
# Connection exceptions, shutdown and start-up of the server, and no connection left.
_UNREACHABLE_CODES: Final = ("08", "57P", "53300")


def answer_for(error: Exception) -> Answer:
    """Return what to tell about an error; unforeseen ones are not quoted, as they may quote data."""
    # Where the disk is, is for the log and for whoever runs the portal.
    return _named_answer(error) if disk_full(error) is None else DISK_IS_FULL


def _named_answer(error: Exception) -> Answer:
    if isinstance(error, SupportAnalyticsError) and error.kind in _BY_KIND:
        status, title, is_temporary = _BY_KIND[error.kind]
        return Answer(status, title, str(error), is_temporary, error.slug)
    if isinstance(error, CSRFError):
        return _FORM_EXPIRED
    if isinstance(error, HTTPException):
        status = error.code or 500
        return _BY_STATUS.get(status, Answer(status, error.name, "The request cannot be answered."))
    if isinstance(error, sa.exc.TimeoutError):
        return _DATABASE_DOWN
    if isinstance(error, sa.exc.DBAPIError):
        return _database_answer(error)
    return _UNFORESEEN


def _database_answer(error: sa.exc.DBAPIError) -> Answer:
    code: str | None = getattr(error.orig, "pgcode", None)
    if code in _MISSING_SCHEMA_CODES:
        return _NOT_PREPARED
    is_connection = isinstance(error, sa.exc.OperationalError | sa.exc.InterfaceError)
    if error.connection_invalidated or (is_connection and (code is None or code.startswith(_UNREACHABLE_CODES))):
        return _DATABASE_DOWN
    return _UNFORESEEN


def install_errors(server: flask.Flask) -> None:
    """Answer every error of the server's views, callbacks included, from the table."""
    server.register_error_handler(HTTPException, respond)
    server.register_error_handler(Exception, respond)


def respond(error: Exception) -> Response:
    """Return the answer to an error; write what was not foreseen into the log."""
    answer = answer_for(error)
    if answer.status >= _UNFORESEEN.status:
        log_error(error, request_id(), answer)
    response = _json(answer) if flask.request.path.startswith(PROGRAM_PATHS) else _document(answer)
    response.status_code = answer.status
    if answer.is_temporary:
        response.headers["Retry-After"] = str(_RETRY_SECONDS)
    if isinstance(error, HTTPException) and not isinstance(error, NotFound):
        response.headers.extend((name, value) for name, value in error.get_headers() if name == "Allow")
    return response


def request_id() -> str:
    """Return the present request's id."""
    return flask.request.headers.get(REQUEST_ID_HEADER, "")


def log_error(error: Exception, request_id: str, answer: Answer) -> None:
    """Log which error arose, and where if it stays; its message is left out, as it may hold what customers wrote."""
    fields = {"request_id": request_id, "status": answer.status, **failure_fields(error)}
    if answer.reason:
        fields["reason"] = answer.reason
    if (full := disk_full(error)) is not None and full.place is not None:
        fields["directory"] = str(full.place)
    if answer.is_temporary:
        fields.pop("where", None)
    _LOGGER.error("request failed", extra={"fields": fields})


def _json(answer: Answer) -> flask.Response:
    return flask.jsonify(message=answer.sentence, request_id=request_id(), is_temporary=answer.is_temporary)


def _document(answer: Answer) -> flask.Response:
    text = flask.render_template(
        "error.html",
        answer=answer,
        request_id=request_id() if answer.status == _UNFORESEEN.status else "",
        refresh_seconds=_RETRY_SECONDS if answer.is_temporary and flask.request.method == "GET" else None,
    )
    return flask.make_response(text)
