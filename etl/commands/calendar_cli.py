"""`support-analytics calendar`: on which days the desk is closed or open for other hours."""

from datetime import date, datetime
from typing import Annotated, Any, Final

import orjson
import sqlalchemy as sa
import typer
from rich.console import Console
from rich.table import Table

from analytics.errors import SupportAnalyticsError
from analytics.time_units import DAY_MINUTES, HOUR_MINUTES
from etl.marts.holidays import choose_countries
from warehouse.engine import DatabaseRole, open_engine
from warehouse.settings import Settings
from warehouse.tables.desk import business_calendars, business_exceptions

app = typer.Typer(help="The days on which the desk is closed or open for other hours.", no_args_is_help=True)

DayArgument = Annotated[datetime, typer.Argument(metavar="DAY", formats=["%Y-%m-%d"], help="Such as 2026-12-27.")]
CalendarOption = Annotated[str | None, typer.Option("--calendar", help="Its name; the desk's own without it.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for a machine.")]

_NEXT: Final = "The next refresh counts with it."


class UnknownCalendarError(SupportAnalyticsError):
    """A calendar that the desk does not have."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        """Quote the name, and list the known ones."""
        super().__init__(f"There is no calendar {name!r}.", f"Choose from: {', '.join(known)}.")


class BadHoursError(SupportAnalyticsError):
    """Hours of a day that cannot be used."""

    def __init__(self) -> None:
        """Say how to write them."""
        super().__init__(
            "Those are no hours of a day.",
            "Say --closed, or --opens and --closes as 09:00 and 13:00, the later one last; 24:00 is midnight.",
        )


@app.command("countries", epilog="Example: support-analytics calendar countries ZA BW")
def countries(
    codes: Annotated[list[str], typer.Argument(metavar="COUNTRY...", help="Two letters each, or none for no country.")],
    *,
    calendar: CalendarOption = None,
) -> None:
    """Choose whose public holidays a calendar follows."""
    chosen = [] if [code.lower() for code in codes] == ["none"] else [code.upper() for code in codes]
    with open_engine(Settings.from_environment(), DatabaseRole.ETL_WRITER) as engine, engine.begin() as connection:
        choose_countries(connection, _calendar(connection, calendar), chosen)
    named = ", ".join(chosen) or "no country"
    typer.echo(f"The calendar follows the public holidays of {named}. {_NEXT}")


@app.command("add", epilog="Example: support-analytics calendar add 2026-12-27 --closed")
def add(
    day: DayArgument,
    *,
    closed: Annotated[bool, typer.Option("--closed", help="Closed all day.")] = False,
    opens: Annotated[str | None, typer.Option(help="Opens at, such as 09:00.")] = None,
    closes: Annotated[str | None, typer.Option(help="Closes at, such as 13:00.")] = None,
    name: Annotated[str, typer.Option(help="What the day is.")] = "Closed by hand",
    calendar: CalendarOption = None,
) -> None:
    """Close a day, or open it for other hours; what the day had before is replaced."""
    window = None if closed else (_minute(opens), _minute(closes))
    if (closed and (opens or closes)) or (window is not None and window[0] >= window[1]):
        raise BadHoursError
    with open_engine(Settings.from_environment(), DatabaseRole.ETL_WRITER) as engine, engine.begin() as connection:
        number = _calendar(connection, calendar)
        _remove(connection, number, day.date())
        values = {"calendar_id": number, "on_date": day.date(), "name": name}
        values |= {} if window is None else {"opens_minute": window[0], "closes_minute": window[1]}
        connection.execute(business_exceptions.insert().values(values))
    typer.echo(f"{day:%Y-%m-%d} is noted. {_NEXT}")


@app.command("remove", epilog="Example: support-analytics calendar remove 2026-12-27")
def remove(day: DayArgument, *, calendar: CalendarOption = None) -> None:
    """Let a day have its usual hours again."""
    with open_engine(Settings.from_environment(), DatabaseRole.ETL_WRITER) as engine, engine.begin() as connection:
        found = _remove(connection, _calendar(connection, calendar), day.date())
    typer.echo(f"{day:%Y-%m-%d} has its usual hours. {_NEXT}" if found else f"{day:%Y-%m-%d} was a usual day.")


@app.command("list", epilog="Example: support-analytics calendar list --year 2026")
def list_days(
    *,
    year: Annotated[int | None, typer.Option(min=1, max=9999, help="This year only.")] = None,
    calendar: CalendarOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the days that are not as usual."""
    days = business_exceptions.c
    with open_engine(Settings.from_environment(), DatabaseRole.ETL_WRITER) as engine, engine.begin() as connection:
        wanted = [days.calendar_id == _calendar(connection, calendar)]
        wanted += [] if year is None else [sa.extract("year", days.on_date) == year]
        rows = connection.execute(sa.select(business_exceptions).where(*wanted).order_by(days.on_date, days.id)).all()
    if as_json:
        entries = [
            {"on": row.on_date, "name": row.name, "country": row.country, "hours": _hours(row) or None} for row in rows
        ]
        typer.echo(orjson.dumps(entries, option=orjson.OPT_INDENT_2))
        return
    table = Table("day", "what", "country", "open")
    for row in rows:
        table.add_row(row.on_date.isoformat(), row.name, row.country or "", _hours(row) or "closed")
    Console().print(table)


def _calendar(connection: sa.Connection, name: str | None) -> int:
    known = {row.name: row for row in connection.execute(sa.select(business_calendars))}
    found = next((row for row in known.values() if row.is_default), None) if name is None else known.get(name)
    if found is None:
        raise UnknownCalendarError(name or "default", tuple(known))
    return int(found.id)


def _remove(connection: sa.Connection, calendar: int, day: date) -> int:
    days = business_exceptions.c
    return connection.execute(
        business_exceptions.delete().where(days.calendar_id == calendar, days.on_date == day)
    ).rowcount


def _minute(text: str | None) -> int:
    """Return the minute of the day of a time such as 09:00; until 23:59 is until midnight."""
    hour, colon, minute = (text or "").partition(":")
    if not (colon and hour.isascii() and hour.isdecimal() and minute.isascii() and minute.isdecimal()):
        raise BadHoursError
    found = int(hour[:3]) * HOUR_MINUTES + int(minute[:3])
    if int(minute[:3]) >= HOUR_MINUTES or found > DAY_MINUTES:
        raise BadHoursError
    return DAY_MINUTES if found == DAY_MINUTES - 1 else found


def _hours(row: sa.Row[Any]) -> str:
    if row.opens_minute is None:
        return ""
    opens, closes = (f"{minute // HOUR_MINUTES:02}:{minute % HOUR_MINUTES:02}" for minute in _window(row))
    return f"{opens} to {closes}"


def _window(row: sa.Row[Any]) -> tuple[int, int]:
    return row.opens_minute, row.closes_minute
