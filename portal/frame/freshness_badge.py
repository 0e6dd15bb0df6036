"""How fresh the numbers are."""

from datetime import datetime
from zoneinfo import ZoneInfo

from dash import html

from portal.numbers import phrasing
from portal.widgets.markup import attributes


def freshness_badge(refreshed_at: datetime | None, now: datetime, time_zone: str) -> html.Span:
    """Return the badge: the time of the data, with its day unless that is today.

    Args:
        refreshed_at: When the marts last took up changes; None: never.
        now: This instant.
        time_zone: The reporting zone.
    """
    if refreshed_at is None:
        return _badge("No data yet", "is-empty", "Import tickets, then run the job refresh_marts.")
    local, today = refreshed_at.astimezone(ZoneInfo(time_zone)), now.astimezone(ZoneInfo(time_zone)).date()
    day = "" if local.date() == today else f"{phrasing.day(local.date())}, "
    explained = f"Every change that reached the database by then is in these numbers. Times are in {time_zone}."
    return _badge(f"Live, data of {day}{local:%H:%M:%S}", "is-fresh", explained)


def _badge(text: str, state: str, explained: str) -> html.Span:
    dot = html.Span(className="badge-dot", **attributes({"aria-hidden": "true"}))
    return html.Span([dot, text], className=f"badge {state}", title=explained)
