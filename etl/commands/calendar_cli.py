"""`support-analytics calendar`: when the desk is open, and on which days it is closed or open for other hours."""

from datetime import date, datetime
from typing import Annotated, Any

import orjson
import sqlalchemy as sa
import typer

from analytics.errors import SupportAnalyticsError
from analytics.listing import Listing
from analytics.time_units import HOUR_MINUTES
from etl.commands.hours_cli import NEXT, CalendarOption, JsonOption, hours, show_weeks
from etl.commands.hours_words import minute_of_day
from etl.marts.calendars import calendar_named
from etl.marts.holidays import choose_countries
from etl.marts.weekly_hours import weeks
from warehouse.engine import DatabaseRole, open_engine
from warehouse.settings import Settings
from warehouse.tables.desk import business_exceptions

app = typer.Typer(help="When the desk is open every week, and the days that are not as usual.", no_args_is_help=True)

DayArgument = Annotated[datetime, typer.Argument(metavar="DAY", formats=["%Y-%m-%d"], help="Such as 2026-12-27.")]

app.command("hours", epilog="Example: support-analytics calendar hours mon-fri 09:00-12:00 13:00-17:00")(hours)


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
    codes: Annotated[
        list[str], typer.Argument(metavar="COUNTRY...", help="Such as ZA or GB-ENG, or none for no country.")
    ],
    *,
    calendar: CalendarOption = None,
) -> None:
    """Choose whose public holidays a calendar follows: of countries, or of parts of them such as GB-ENG."""
    chosen = [] if [code.lower() for code in codes] == ["none"] else [code.upper() for code in codes]
    with open_engine(Settings.from_environment(), DatabaseRole.ETL_WRITER) as engine, engine.begin() as connection:
        choose_countries(connection, calendar_named(connection, calendar).id, chosen)
    named = ", ".join(chosen) or "no country"
    typer.echo(f"The calendar follows the public holidays of {named}. {NEXT}")


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
        number = calendar_named(connection, calendar).id
        _remove(connection, number, day.date())
        values = {"calendar_id": number, "on_date": day.date(), "name": name}
        values |= {} if window is None else {"opens_minute": window[0], "closes_minute": window[1]}
        connection.execute(business_exceptions.insert().values(values))
    typer.echo(f"{day:%Y-%m-%d} is noted. {NEXT}")


@app.command("remove", epilog="Example: support-analytics calendar remove 2026-12-27")
def remove(day: DayArgument, *, calendar: CalendarOption = None) -> None:
    """Let a day have its usual hours again."""
    with open_engine(Settings.from_environment(), DatabaseRole.ETL_WRITER) as engine, engine.begin() as connection:
        found = _remove(connection, calendar_named(connection, calendar).id, day.date())
    typer.echo(f"{day:%Y-%m-%d} has its usual hours. {NEXT}" if found else f"{day:%Y-%m-%d} was a usual day.")


@app.command("list", epilog="Example: support-analytics calendar list --year 2026")
def list_days(
    *,
    year: Annotated[int | None, typer.Option(min=1, max=9999, help="This year only.")] = None,
    calendar: CalendarOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show the weekly hours, and list the days that are not as usual; with --json only the days."""
    days = business_exceptions.c
    with open_engine(Settings.from_environment(), DatabaseRole.ETL_WRITER) as engine, engine.begin() as connection:
        found = calendar_named(connection, calendar)
        wanted = [days.calendar_id == found.id]
        wanted += [] if year is None else [sa.extract("year", days.on_date) == year]
        rows = connection.execute(sa.select(business_exceptions).where(*wanted).order_by(days.on_date, days.id)).all()
        shown = weeks(connection, found.id)
    if as_json:
        entries = [
            {"on": row.on_date, "name": row.name, "country": row.country, "hours": _hours(row) or None} for row in rows
        ]
        typer.echo(orjson.dumps(entries, option=orjson.OPT_INDENT_2))
        return
    show_weeks(found, shown)
    listing = Listing("day", "what", "country", "open", names={"day"})
    for row in rows:
        listing.add(row.on_date.isoformat(), row.name, row.country or "", _hours(row) or "closed")
    listing.show()


def _remove(connection: sa.Connection, calendar: int, day: date) -> int:
    days = business_exceptions.c
    return connection.execute(
        business_exceptions.delete().where(days.calendar_id == calendar, days.on_date == day)
    ).rowcount


def _minute(text: str | None) -> int:
    found = minute_of_day(text or "")
    if found is None:
        raise BadHoursError
    return found


def _hours(row: sa.Row[Any]) -> str:
    if row.opens_minute is None:
        return ""
    opens, closes = (f"{minute // HOUR_MINUTES:02}:{minute % HOUR_MINUTES:02}" for minute in _window(row))
    return f"{opens} to {closes}"


def _window(row: sa.Row[Any]) -> tuple[int, int]:
    return row.opens_minute, row.closes_minute
