"""`support-analytics calendar hours`: when a calendar is open every week, and in which time zone."""

import getpass
from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, Final

import orjson
import sqlalchemy as sa
import typer

from analytics.errors import ErrorKind, SupportAnalyticsError
from analytics.listing import Listing
from analytics.terminal_text import printable
from etl.commands.hours_words import hours_of, weekdays_of
from etl.importing.time_zones import zone_named
from etl.marts.calendars import calendar_named
from etl.marts.weekly_hours import WEEKDAYS, Week, change_hours, change_zone, hours_text, weeks
from warehouse.audit_log import record
from warehouse.engine import DatabaseRole, open_engine
from warehouse.settings import Settings

NEXT: Final = "The next refresh counts with it."
CalendarOption = Annotated[str | None, typer.Option("--calendar", help="Its name; the desk's own without it.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for a machine.")]


class FirstDayError(SupportAnalyticsError):
    """A first day was given for something that has none."""

    kind = ErrorKind.INVALID

    def __init__(self) -> None:
        """Say what has a first day."""
        super().__init__(
            "Only hours have a first day; a time zone holds for all time.",
            "Give days and hours with --from, and the time zone in a call of its own.",
        )


def hours(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[DAYS HOURS...]", help="Such as mon-fri 09:00-12:00 13:00-17:00, or sat,sun closed."),
    ] = None,
    *,
    calendar: CalendarOption = None,
    time_zone: Annotated[
        str | None, typer.Option(help="IANA name of the zone of all its hours, such as Europe/London.")
    ] = None,
    begins: Annotated[
        datetime | None,
        typer.Option("--from", formats=["%Y-%m-%d"], help="First day of the new hours; for all time without it."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Show the weekly hours of a calendar, or change them; 22:00-06:00 runs past midnight."""
    if begins is not None and (time_zone is not None or not words):
        raise FirstDayError
    with open_engine(Settings.from_environment(), DatabaseRole.ETL_WRITER) as engine, engine.begin() as connection:
        number = calendar_named(connection, calendar).id
        if words:
            _change_hours(connection, number, words, None if begins is None else begins.date())
        if time_zone is not None:
            change_zone(connection, number, zone_named(time_zone).key)
        found = calendar_named(connection, calendar)
        if words or time_zone is not None:
            _note(connection, found, words or [], begins)
        shown = weeks(connection, number)
    if as_json:
        typer.echo(orjson.dumps(_as_json(found, shown), option=orjson.OPT_INDENT_2))
        return
    if words or time_zone is not None:
        typer.echo(f"The hours are changed. {NEXT}")
    show_weeks(found, shown)


def show_weeks(calendar: sa.Row[Any], shown: Sequence[Week]) -> None:
    """Print the zone and the weekly hours of a calendar, one table for each time between two changes.

    Args:
        calendar: Its row.
        shown: Its weeks.
    """
    typer.echo(printable(f"{calendar.name}: hours in {calendar.time_zone}"))
    for week in shown:
        since = "" if week.from_date is None else f" from {week.from_date}"
        until = "" if week.until_date is None else f" until before {week.until_date}"
        listing = Listing("weekday", f"open{since}{until}", names={"weekday"})
        for name, day in zip(WEEKDAYS, week.days, strict=True):
            listing.add(name, ", ".join(map(hours_text, day)) or "closed")
        listing.show()


def _change_hours(connection: sa.Connection, calendar: int, words: Sequence[str], begins: date | None) -> None:
    days, *typed = words
    change_hours(connection, calendar, weekdays_of(days), hours_of(typed, days), begins)


def _note(connection: sa.Connection, calendar: sa.Row[Any], words: Sequence[str], begins: datetime | None) -> None:
    """Write into the audit log what was changed."""
    details = {
        "hours": " ".join(words),
        "from_date": None if begins is None else begins.date().isoformat(),
        "time_zone": calendar.time_zone,
    }
    record(connection, getpass.getuser(), "change_opening_hours", calendar.name, details)


def _as_json(calendar: sa.Row[Any], shown: Sequence[Week]) -> dict[str, object]:
    return {
        "calendar": calendar.name,
        "time_zone": calendar.time_zone,
        "weeks": [
            {
                "from": week.from_date,
                "until": week.until_date,
                "hours": {
                    name[:3].lower(): list(map(hours_text, day)) for name, day in zip(WEEKDAYS, week.days, strict=True)
                },
            }
            for week in shown
        ],
    }
