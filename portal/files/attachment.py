"""A file that the browser saves instead of showing it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import flask


def attachment(content: bytes, media_type: str, name: str) -> flask.Response:
    """Return the answer that holds a file.

    Args:
        content: Of the file.
        media_type: What it is.
        name: What it is saved as; ours, never something that somebody typed.
    """
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return flask.Response(content, content_type=media_type, headers=headers)


def dated_name(name: str, made_at: datetime | None, zone: str) -> str:
    """Return the name of a CSV file with the day its numbers were worked out on, by the reporting zone.

    Args:
        name: What the file holds, without a suffix.
        made_at: When; None where nothing has been worked out, which leaves the day out.
        zone: The reporting zone.
    """
    return f"{name}.csv" if made_at is None else f"{name}_{made_at.astimezone(ZoneInfo(zone)).date()}.csv"
