"""Keeps the public holidays of chosen countries and their subdivisions in the desk's calendars, as dated exceptions."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

import sqlalchemy as sa

from analytics.forecasting.calendar import region_calendar
from warehouse.tables.desk import business_calendars, business_exceptions

SHIPPED_ZONE: Final = "Africa/Johannesburg"
"""Zone of the calendar that a new desk has."""
_YEARS_AHEAD: Final = 3
"""Due times lie at most so many years ahead."""
_SPAN: Final = sa.text(
    "select extract(year from least(min(created_at), now()))::integer as first_year,"
    " extract(year from now())::integer as last_year from support.support_tickets"
)


def keep_holidays(connection: sa.Connection, country: str | None, time_zone: str) -> None:
    """Add the public holidays that calendars lack, from the first ticket's year on.

    A day that has an exception already keeps it: the desk knows better. A new desk's own calendar follows the country
    given, and takes the time zone given unless it has another than the shipped one; whatever is chosen later stays.

    Args:
        connection: In a role that writes calendars.
        country: ISO code of the desk's country; None when it has none.
        time_zone: IANA name of the reporting time zone.

    Raises:
        ForecastInputError: If a calendar names a country whose holidays are not known.
    """
    calendars, span = business_calendars.c, connection.execute(_SPAN).one()
    years = span.first_year, span.last_year + _YEARS_AHEAD
    _begin(connection, country, time_zone)
    rows = sa.select(business_calendars).where(sa.func.cardinality(calendars.countries) > 0)
    for row in connection.execute(rows).all():
        if row.first_holiday_year is None or years[0] < row.first_holiday_year or row.last_holiday_year < years[1]:
            add_holidays(connection, row.id, row.countries, years)


def _begin(connection: sa.Connection, country: str | None, time_zone: str) -> None:
    """Give a new desk's own calendar its country and its zone."""
    calendars = business_calendars.c
    new = sa.and_(calendars.is_default, calendars.countries.is_(None))
    if connection.scalar(sa.select(sa.exists().where(new))):
        zone = sa.case((calendars.time_zone == SHIPPED_ZONE, time_zone), else_=calendars.time_zone)
        chosen = [] if country is None else [country]
        connection.execute(business_calendars.update().where(new).values(countries=chosen, time_zone=zone))


def add_holidays(connection: sa.Connection, calendar: int, countries: Sequence[str], years: tuple[int, int]) -> None:
    """Close a calendar on the public holidays of countries that it has no exception for.

    Args:
        connection: In a role that writes calendars.
        calendar: Its id.
        countries: ISO codes, of subdivisions too.
        years: The first and the last.
    """
    known = set(
        connection.execute(
            sa.select(business_exceptions.c.on_date).where(business_exceptions.c.calendar_id == calendar)
        ).scalars()
    )
    found = {day: (name, country) for country in countries for day, name in _holidays(country, years)}
    rows = [
        {"calendar_id": calendar, "on_date": day, "name": name, "country": country}
        for day, (name, country) in sorted(found.items())
        if day not in known
    ]
    if rows:
        connection.execute(business_exceptions.insert(), rows)
    kept = {"first_holiday_year": years[0], "last_holiday_year": years[1]}
    connection.execute(business_calendars.update().where(business_calendars.c.id == calendar).values(kept))


def choose_countries(connection: sa.Connection, calendar: int, countries: Sequence[str]) -> None:
    """Let a calendar follow the public holidays of some countries and of no others.

    Args:
        connection: In a role that writes calendars.
        calendar: Its id.
        countries: ISO codes, of subdivisions too; none for a calendar without public holidays.

    Raises:
        ForecastInputError: If nothing is known of the holidays of one.
    """
    span = connection.execute(_SPAN).one()
    years = span.first_year, span.last_year + _YEARS_AHEAD
    for country in countries:
        region_calendar(country, *years)
    exceptions = business_exceptions.c
    imported = sa.and_(exceptions.calendar_id == calendar, exceptions.country.is_not(None))
    connection.execute(business_exceptions.delete().where(imported))
    chosen = business_calendars.update().where(business_calendars.c.id == calendar)
    connection.execute(chosen.values(countries=list(countries)))
    add_holidays(connection, calendar, countries, years)


def _holidays(country: str, years: tuple[int, int]) -> Iterator[tuple[date, str]]:
    for name, days in region_calendar(country, *years).days_by_name.items():
        for day in days.tolist():
            yield day, name
