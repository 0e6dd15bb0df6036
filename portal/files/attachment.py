"""A file that the browser saves instead of showing it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import flask

from table_files.forms import FORMS
from table_files.table import Table


def attachment(content: bytes, media_type: str, name: str) -> flask.Response:
    """Return the answer that holds a file.

    Args:
        content: Of the file.
        media_type: What it is.
        name: What it is saved as; ours, never something that somebody typed.
    """
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return flask.Response(content, content_type=media_type, headers=headers)


def table_attachment(table: Table, kind: str, name: str, made_at: datetime | None = None) -> flask.Response:
    """Return the answer that holds a table that is short enough to be made at once.

    Args:
        table: Its zone is the reporting zone.
        kind: Of the file: one of `FORMS`.
        name: What it is saved as, without an ending; ours.
        made_at: When its numbers were worked out, which the name then says; None leaves the day out.
    """
    form, day = FORMS[kind], "" if made_at is None else f"_{made_at.astimezone(ZoneInfo(table.zone)).date()}"
    return attachment(b"".join(form.chunks(table)), form.media_type, f"{name}{day}.{kind}")
