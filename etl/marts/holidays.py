"""Keeps the public holidays of chosen countries and their subdivisions in the desk's calendars, as dated exceptions."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

import numpy as np
import sqlalchemy as sa

from analytics.forecasting.calendar import EventCalendar, region_calendar
from etl.marts.country import ChosenCountries, CountriesSource
from warehouse.tables.desk import business_calendars, business_exceptions

SHIPPED_ZONE: Final = "Africa/Johannesburg"
"""Zone of the calendar that a new desk has."""
_GIVE_WAY: Final = frozenset({CountriesSource.SETTING, CountriesSource.ZONE, CountriesSource.IMPORT})
"""What countries may follow from that a setting replaces."""
_MOVED: Final = re.compile(r" \((observed|estimated|observed, estimated)\)")
_YEARS_AHEAD: Final = 3
"""Due times lie at most so many years ahead."""
_SPAN: Final = sa.text(
    "select extract(year from least(min(created_at), now()))::integer as first_year,"
    " extract(year from now())::integer as last_year from support.support_tickets"
)


def keep_holidays(connection: sa.Connection, chosen: ChosenCountries | None, time_zone: str) -> None:
    """Add the public holidays that calendars lack, from the first ticket's year on.

    A day that has an exception already keeps it: the desk knows better. A new desk's own calendar follows the countries
    given, and takes the time zone given unless it has another than the shipped one. Later a setting replaces what
    followed from a setting, a zone or an import, and never what the desk itself has chosen.

    Args:
        connection: In a role that writes calendars.
        chosen: The desk's countries; None when they are not known, so that it has no public holidays yet.
        time_zone: IANA name of the reporting time zone.

    Raises:
        ForecastInputError: If a calendar names a country whose holidays are not known.
    """
    calendars, span = business_calendars.c, connection.execute(_SPAN).one()
    years = span.first_year, span.last_year + _YEARS_AHEAD
    _begin(connection, time_zone)
    if chosen is not None:
        _follow(connection, chosen)
    rows = sa.select(business_calendars).where(sa.func.cardinality(calendars.countries) > 0)
    for row in connection.execute(rows).all():
        if row.first_holiday_year is None or years[0] < row.first_holiday_year or row.last_holiday_year < years[1]:
            add_holidays(connection, row.id, row.countries, years)


def _begin(connection: sa.Connection, time_zone: str) -> None:
    """Give the calendar of a desk whose countries are not known yet its zone."""
    calendars = business_calendars.c
    new = sa.and_(calendars.is_default, calendars.countries.is_(None), calendars.time_zone == SHIPPED_ZONE)
    # Any update asks for a rebuild of the marts, one of no row too.
    if time_zone != SHIPPED_ZONE and connection.scalar(sa.select(sa.exists().where(new))):
        connection.execute(business_calendars.update().where(new).values(time_zone=time_zone))


def _follow(connection: sa.Connection, chosen: ChosenCountries) -> None:
    """Let the desk's calendar follow the countries, unless it follows others with more right."""
    found = connection.execute(sa.select(business_calendars).where(business_calendars.c.is_default)).one_or_none()
    if found is None or found.countries == list(chosen.codes):
        return
    is_replaced = chosen.source is CountriesSource.SETTING and found.countries_source in _GIVE_WAY
    if found.countries is None or is_replaced:
        choose_countries(connection, found.id, chosen.codes, chosen.source)


def followed_countries(connection: sa.Connection) -> tuple[str, ...] | None:
    """Return the codes whose public holidays the desk's own calendar follows; None where that is not known."""
    calendars = business_calendars.c
    found = connection.execute(sa.select(calendars.countries).where(calendars.is_default)).scalar_one_or_none()
    return None if found is None else tuple(found)


def desk_holidays(connection: sa.Connection) -> EventCalendar:
    """Return the days on which the desk's own calendar is closed as an exception, by their names.

    These are what business hours, odd days, seasons, the forecast and the staffing plan all allow for. A holiday that
    is kept on another day, since it falls on a weekend, is the same holiday.
    """
    exceptions, calendars = business_exceptions.c, business_calendars.c
    asked = (
        sa.select(exceptions.name, exceptions.on_date)
        .join(business_calendars, calendars.id == exceptions.calendar_id)
        .where(calendars.is_default, exceptions.opens_minute.is_(None))
        .order_by(exceptions.on_date)
    )
    days: dict[str, list[date]] = {}
    for row in connection.execute(asked):
        days.setdefault(_MOVED.sub("", row.name), []).append(row.on_date)
    return EventCalendar({name: np.array(each, dtype="datetime64[D]") for name, each in sorted(days.items())})


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


def choose_countries(
    connection: sa.Connection,
    calendar: int,
    countries: Sequence[str],
    source: CountriesSource = CountriesSource.DESK,
) -> None:
    """Let a calendar follow the public holidays of some countries and of no others.

    Args:
        connection: In a role that writes calendars.
        calendar: Its id.
        countries: ISO codes, of subdivisions too; none for a calendar without public holidays.
        source: What they follow from.

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
    connection.execute(chosen.values(countries=list(countries), countries_source=source.value))
    add_holidays(connection, calendar, countries, years)


def _holidays(country: str, years: tuple[int, int]) -> Iterator[tuple[date, str]]:
    for name, days in region_calendar(country, *years).days_by_name.items():
        for day in days.tolist():
            yield day, name
