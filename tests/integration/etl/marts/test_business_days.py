"""Business time and due times in SQL equal the pure functions, for any calendar."""

from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.marts.business_days import cover_data, load_calendars
from tests.conftest import examples
from tests.integration.conftest import Database
from warehouse.tables.desk import business_calendars, business_exceptions, business_windows

ZONES = ("Africa/Johannesburg", "America/New_York", "Europe/Dublin", "Asia/Kathmandu", "Australia/Lord_Howe")
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
INSTANTS = st.integers(0, 330 * 86_400 * 1_000_000).map(lambda us: FIRST + timedelta(microseconds=us))
WINDOWS = st.tuples(
    st.integers(0, 6),
    st.integers(0, 1439),
    st.integers(1, 1440),
    st.sampled_from((None, date(2026, 3, 1))),
    st.sampled_from((None, date(2026, 10, 26))),
)
EXCEPTIONS = st.tuples(st.integers(0, 330), st.one_of(st.none(), st.tuples(st.integers(0, 1200), st.integers(1, 600))))
CALENDARS = st.tuples(
    st.sampled_from(ZONES),
    st.lists(WINDOWS, min_size=1, max_size=12),
    st.lists(EXCEPTIONS, max_size=6, unique_by=lambda each: each[0]),
)
_OPEN_SECONDS = sa.text("""
select
    marts.open_microseconds(ended.open_seconds_before, ended.open_minutes, marts.microseconds(:stop))
    - marts.open_microseconds(begun.open_seconds_before, begun.open_minutes, marts.microseconds(:start))
from marts.business_days as begun cross join marts.business_days as ended
where
    begun.calendar_id = :calendar and begun.utc_day = marts.utc_day(marts.microseconds(:start))
    and ended.calendar_id = :calendar and ended.utc_day = marts.utc_day(marts.microseconds(:stop))
""")
_DUE_AT = sa.text("select marts.due_after(:calendar, :start, 1000000 * cast(:seconds as bigint))")


def _store(connection: sa.Connection, calendar: tuple[str, list[tuple[object, ...]], list[tuple[int, object]]]) -> int:
    zone, windows, exceptions = calendar
    made = business_calendars.insert().values(name="Drawn", time_zone=zone).returning(business_calendars.c.id)
    number = int(connection.execute(made).scalar_one())
    for weekday, opens, length, valid_from, valid_until in windows:
        values = {"weekday": weekday, "opens_minute": opens, "closes_minute": opens + length}  # type: ignore[operator]
        values |= {"valid_from_date": valid_from, "valid_until_date": valid_until}
        connection.execute(business_windows.insert().values(calendar_id=number, **values))
    for day, minutes in exceptions:
        opens, closes = (minutes[0], sum(minutes)) if isinstance(minutes, tuple) else (None, None)
        on_date = FIRST.date() + timedelta(days=day)
        values = {"on_date": on_date, "name": "Holiday", "opens_minute": opens, "closes_minute": closes}
        connection.execute(business_exceptions.insert().values(calendar_id=number, **values))
    connection.execute(
        sa.text(
            "insert into support.support_tickets (customer_email, subject, content, created_at)"
            " values ('reader@example.org', 's', 'c', :at)"
        ),
        {"at": FIRST},
    )
    cover_data(connection, renew=True)
    return number


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    calendar=CALENDARS,
    spans=st.lists(st.tuples(INSTANTS, INSTANTS).map(sorted), min_size=4, max_size=8),
    seconds=st.integers(1, 30 * 3_600),
)
def test_open_time_and_due_time_equal_the_pure_functions(
    database: Database,
    calendar: tuple[str, list[tuple[object, ...]], list[tuple[int, object]]],
    spans: list[list[datetime]],
    seconds: int,
) -> None:
    """Lunch breaks, nights, holidays, changes of the clocks and of the schedule included."""
    with database.engine.connect() as connection:
        number = _store(connection, calendar)
        pure = load_calendars(connection)[number]
        for start, stop in spans:
            values = {"calendar": number, "start": start, "stop": stop, "seconds": seconds}
            microseconds = connection.execute(_OPEN_SECONDS, values).scalar_one()
            assert microseconds == round(1_000_000 * pure.business_seconds(start, stop)), (start, stop)
            due_at, expected = (
                connection.execute(_DUE_AT, values).scalar_one(),
                pure.add_business_seconds(start, seconds),
            )
            is_far = expected is None or expected > FIRST + timedelta(days=700)
            if is_far and due_at is None:  # beyond the days worked out
                continue
            assert abs(due_at - expected) <= timedelta(microseconds=1), start
        connection.rollback()
