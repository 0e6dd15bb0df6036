"""What the Forecast page reads: the newest forecast, what was said four weeks ago, and what came by plain SQL."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from portal.numbers.reader import names
from portal.topics.forecast import query as forecast
from portal.topics.forecast.dataset import NamedDays, NamedEffect, SeriesChoice, SeriesStatus
from tests.factories.forecast import add_earlier_forecast, add_forecast
from tests.integration.conftest import Database
from tests.integration.portal.topics.conftest import ZONE, behind
from warehouse.engine import DatabaseRole
from warehouse.tables import forecasts as tables

CUTOFF = date(2026, 4, 15)
AHEAD = 14
BOOKS, SUPPORT, UNSET, GONE = "category=book_order", "category=technical_support", "customer_type=~", "category=gone"
PER_DAY = {"total": 50.0, BOOKS: 10.0, SUPPORT: 20.0, UNSET: 5.0, GONE: 1.0}
WEEK = (1.4, 1.2, 1.1, 1.0, 0.9, 0.8, 0.6)


def days_ago(number: int) -> date:
    """Return a day before the last one that is known."""
    return CUTOFF - timedelta(days=number)


@pytest.fixture(scope="module")
def reader(desk_database: Database) -> Iterator[sa.Connection]:
    """A connection in the role that pages read with, to the desk with a forecast of five series."""
    with desk_database.engine.begin() as connection:
        add_forecast(connection, days_ago(-1), PER_DAY, AHEAD)
        columns = tables.demand_series.c
        for series, tickets in PER_DAY.items():
            connection.execute(
                tables.demand_series.update()
                .where(columns.series_key == series)
                .values(ticket_count=int(tickets), gap_days=3, giant_days=2, country="ZA")
            )
        _add_earlier(connection)
        _add_named_days(connection)
        _add_accuracy(connection)
        _add_components(connection)
    engine = desk_database.engine_as(DatabaseRole.PORTAL_READER)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def _add_earlier(connection: sa.Connection) -> None:
    """Insert what was said before: too early, at the right time, too late, and by others."""
    add_earlier_forecast(connection, "total", CUTOFF, 99.0, "prophet")
    for cutoff, expected in ((36, 36.0), (35, 35.0), (31, 31.0), (27, 27.0)):
        add_earlier_forecast(connection, "total", days_ago(cutoff), expected, days=90)
    add_earlier_forecast(connection, "total", days_ago(31), 98.0, "seasonal_naive")
    add_earlier_forecast(connection, UNSET, days_ago(28), 6.0, "borrowed")
    add_earlier_forecast(connection, BOOKS, days_ago(36), 97.0)
    replayed = {"series_key": BOOKS, "history_hash": ""}
    for cutoff, model, expected in (
        (68, "combination", 8.0),
        (40, "combination", 9.0),
        (40, "prophet", 96.0),
        (12, "combination", 95.0),
    ):
        bounds = [expected * factor for factor in (0.6, 0.7, 0.8, 1.0, 1.2, 1.3, 1.4)]
        said = {"expected": [expected] * 28, "quantiles": bounds * 28}
        row = replayed | {"cutoff_date": days_ago(cutoff), "model_name": model} | said
        connection.execute(tables.demand_backtests.insert().values(row))


def _add_named_days(connection: sa.Connection) -> None:
    """Insert holidays and events: long ago, in the weeks shown, and ahead."""
    for day, name in ((date(2026, 4, 3), "Good Friday"), (date(2026, 4, 27), "Freedom Day"), (days_ago(200), "Past")):
        connection.execute(tables.demand_holidays.insert().values(on_date=day, name=name))
    for first, last, name in (
        (days_ago(20), days_ago(18), "Sale"),
        (days_ago(-5), days_ago(-6), "Sale"),
        (days_ago(-40), days_ago(-41), "Term"),
    ):
        event = {"name": name, "first_date": first, "last_date": last, "created_by": "thandi"}
        connection.execute(tables.desk_events.insert().values(event | {"expected_change": 0.25}))


def _add_accuracy(connection: sa.Connection) -> None:
    """Insert how models did, in no order; one over no day."""
    usual = {"series_key": "total", "cutoff_count": 6, "wape": 0.2, "coverage_80": 0.81}
    for source, model, mase, days in (
        ("kept", "combination", 0.8, 28),
        ("backtest", "seasonal_naive", 1.0, 168),
        ("backtest", "combination", 0.7, 168),
        ("backtest", "same_weekday_mean", None, 168),
        ("kept", "prophet", None, 0),
    ):
        row = usual | {"source": source, "model_name": model, "mase": mase, "day_count": days}
        connection.execute(tables.demand_accuracy.insert().values(row))


def _add_components(connection: sa.Connection) -> None:
    """Insert eight weeks of what expected tickets consist of, and the days ahead; only the total has a time of year."""
    for series, has_year in (("total", True), (SUPPORT, False)):
        for day in (days_ago(55) + timedelta(days=number) for number in range(56 + AHEAD)):
            row = {"series_key": series, "ds": day, "trend": 40.0, "week": WEEK[day.weekday()]}
            row |= {"year": 1.1 if has_year else 1.0, "events": 1.5 if day == days_ago(-5) else 1.0}
            connection.execute(tables.demand_components.insert().values(row))


def created(database: Database, chosen: str) -> Counter[date]:
    """Count tickets by day straight from the system of record, as the pages do not."""
    statement = f"""
    select (created_at at time zone '{ZONE}')::date from support.support_tickets where exclusion is null and {chosen}
    """
    with database.engine.connect() as connection:
        return Counter(connection.scalars(sa.text(statement)))


def test_series_to_choose_from_are_named_and_the_largest_first(reader: sa.Connection) -> None:
    """The total comes first; a category that no ticket has any more is left out, and 'not set' is not."""
    told = names(reader, "category")
    assert forecast.series_choices(reader) == (
        SeriesChoice("total", "", "All tickets"),
        SeriesChoice(SUPPORT, "category", told["technical_support"].label),
        SeriesChoice(BOOKS, "category", told["book_order"].label),
        SeriesChoice(UNSET, "customer_type", "Not set"),
    )


@pytest.mark.parametrize(
    ("key", "chosen"),
    [("total", "true"), (BOOKS, "category = 'book_order'"), (UNSET, "customer_type is null")],
)
def test_the_latest_days_are_those_counted_and_lead_to_their_tickets(
    desk_database: Database, reader: sa.Connection, key: str, chosen: str
) -> None:
    """Thirteen weeks until the last day known, quiet ones as nought."""
    past = forecast.outlook(reader, key).past
    came = created(desk_database, chosen)
    assert [each.day for each in past] == [days_ago(number) for number in range(90, -1, -1)]
    assert [each.tickets for each in past] == [came[each.day] for each in past]
    busy = [each for each in past if each.tickets]
    assert len(busy) > 10
    assert all(behind(reader, each.href) == each.tickets for each in busy)


def test_days_ahead_are_the_newest_forecast_of_the_model_shown(reader: sa.Connection) -> None:
    """Neither an earlier forecast nor another model's is among them."""
    found = forecast.outlook(reader, "total")
    assert found.label == "All tickets"
    assert found.status == SeriesStatus("forecast", CUTOFF, 365, 3, 2, "ZA")
    assert [each.day for each in found.ahead] == [days_ago(-number) for number in range(1, AHEAD + 1)]
    thursday = found.ahead[0]
    assert thursday.expected == pytest.approx(50.0)
    ends = (thursday.q025, thursday.q10, thursday.q25, thursday.q50, thursday.q75, thursday.q90, thursday.q975)
    assert ends == pytest.approx((30.0, 37.5, 44.0, 50.0, 56.0, 62.5, 70.0))


def test_holidays_and_events_are_those_of_the_days_shown(reader: sa.Connection) -> None:
    """By day; what is before or after the chart is left out."""
    assert forecast.outlook(reader, "total").named == (
        NamedDays("Sale", days_ago(20), days_ago(18)),
        NamedDays("Good Friday", date(2026, 4, 3), date(2026, 4, 3)),
        NamedDays("Sale", days_ago(-5), days_ago(-6)),
        NamedDays("Freedom Day", date(2026, 4, 27), date(2026, 4, 27)),
    )


def test_four_weeks_ago_is_the_latest_forecast_whose_four_weeks_are_over(
    desk_database: Database, reader: sa.Connection
) -> None:
    """Of the combination, 28 of its days, each beside what came."""
    found = forecast.four_weeks(reader, "total")
    came = created(desk_database, "true")
    assert (found.cutoff, found.is_replayed) == (days_ago(31), False)
    assert [each.day for each in found.days] == [days_ago(number) for number in range(30, 2, -1)]
    assert {(each.expected, each.low, each.high) for each in found.days} == {(31.0, 31 * 0.75, 31 * 1.25)}
    assert [each.came for each in found.days] == [came[each.day] for each in found.days]


def test_a_part_that_borrows_its_shape_was_predicted_too(desk_database: Database, reader: sa.Connection) -> None:
    """A forecast of exactly four weeks ago counts."""
    found = forecast.four_weeks(reader, UNSET)
    came = created(desk_database, "customer_type is null")
    assert (found.cutoff, found.is_replayed) == (days_ago(28), False)
    assert [(each.expected, each.came) for each in found.days] == [(6.0, came[each.day]) for each in found.days]


def test_where_no_forecast_was_made_the_backtest_says_what_it_would_have_been(
    desk_database: Database, reader: sa.Connection
) -> None:
    """A forecast of more than five weeks ago is none of four weeks ago; the latest cutoff that is over is replayed."""
    found = forecast.four_weeks(reader, BOOKS)
    came = created(desk_database, "category = 'book_order'")
    assert (found.cutoff, found.is_replayed, len(found.days)) == (days_ago(40), True, 28)
    assert (found.days[0].day, found.days[-1].day) == (days_ago(39), days_ago(12))
    for each in found.days:
        assert (each.expected, each.low, each.high) == pytest.approx((9.0, 6.3, 11.7))
        assert each.came == came[each.day]


def test_how_good_it_is_comes_by_source_and_the_closest_first(reader: sa.Connection) -> None:
    """What was measured over no day is left out; an error without a measure comes last."""
    found = forecast.accuracy(reader, "total")
    assert [(each.source, each.model_name, each.mase) for each in found] == [
        ("backtest", "combination", 0.7),
        ("backtest", "seasonal_naive", 1.0),
        ("backtest", "same_weekday_mean", None),
        ("kept", "combination", 0.8),
    ]
    assert (found[0].wape, found[0].coverage_80, found[0].cutoff_count, found[0].day_count) == (0.2, 0.81, 6, 168)


def test_expected_tickets_are_taken_apart(reader: sa.Connection) -> None:
    """The trend by week until the last day known, weekdays from Monday, the year, and named days ahead."""
    found = forecast.parts(reader, "total")
    assert found is not None
    assert found.trend == tuple((days_ago(number), 40.0) for number in range(55, -1, -7))
    assert found.week == WEEK
    assert (len(found.year), set(found.year[0][1:])) == (56 + AHEAD, {1.1})
    assert found.named == (
        NamedEffect("Sale", days_ago(-5), 1.5, seen=3),
        NamedEffect("Freedom Day", date(2026, 4, 27), 1.0, seen=0),
    )


@pytest.mark.usefixtures("reader")
def test_an_event_under_way_is_told_of_its_first_day_ahead(desk_database: Database) -> None:
    """Not of a day that is over; one that ended on the last day known is not told of."""
    with desk_database.engine.connect() as connection:
        for name, first, last in (("Move", days_ago(2), days_ago(-1)), ("Strike", days_ago(1), CUTOFF)):
            event = {"name": name, "first_date": first, "last_date": last, "created_by": "thandi"}
            connection.execute(tables.desk_events.insert().values(event))
        found = forecast.parts(connection, "total")
    assert found is not None
    assert [(each.name, each.day, each.seen) for each in found.named] == [
        ("Move", days_ago(-1), 3),
        ("Sale", days_ago(-5), 3),
        ("Freedom Day", date(2026, 4, 27), 0),
    ]


@pytest.mark.usefixtures("reader")
def test_an_event_on_a_holiday_stands_beside_it(desk_database: Database) -> None:
    """They share the day's factor, and neither hides the other."""
    with desk_database.engine.connect() as connection:
        day = date(2026, 4, 27)
        event = {"name": "Fair", "first_date": day, "last_date": day, "created_by": "thandi"}
        connection.execute(tables.desk_events.insert().values(event))
        found = forecast.parts(connection, "total")
    assert found is not None
    told = [(each.name, each.factor) for each in found.named if each.day == day]
    assert told == [("Fair", 1.0), ("Freedom Day", 1.0)]


def test_a_history_without_a_time_of_year_has_none(reader: sa.Connection) -> None:
    """Factors of one are no season."""
    found = forecast.parts(reader, SUPPORT)
    assert found is not None
    assert found.year == ()


def test_a_series_without_a_forecast_has_nothing_and_no_error(reader: sa.Connection) -> None:
    """Whatever an address asks for: one that was never looked at, and one with no past that could be shown."""
    unknown = forecast.outlook(reader, "category=no such category")
    assert (unknown.label, unknown.status, unknown.past, unknown.ahead, unknown.named) == ("", None, (), (), ())
    for key in ("category=no such category", SUPPORT):
        assert forecast.four_weeks(reader, key).cutoff is None
        assert forecast.accuracy(reader, key) == ()
    assert forecast.parts(reader, "category=no such category") is None
    assert forecast.parts(reader, BOOKS) is None
    gone = forecast.outlook(reader, GONE)
    assert (gone.label, {each.tickets for each in gone.past}, len(gone.ahead)) == ("", {0}, AHEAD)


def test_the_desks_events_are_those_entered_the_latest_first(reader: sa.Connection) -> None:
    """With their change, and a key to remove each by."""
    found = forecast.desk_events(reader)
    assert [(each.name, each.first, each.last, each.expected_change) for each in found] == [
        ("Term", days_ago(-40), days_ago(-41), 0.25),
        ("Sale", days_ago(-5), days_ago(-6), 0.25),
        ("Sale", days_ago(20), days_ago(18), 0.25),
    ]
    assert len({each.id for each in found}) == 3
