"""Odd days and seasons come out of the desk's own tickets."""

from datetime import UTC, date, datetime, timedelta

import pytest

from etl.marts.country import chosen_countries
from etl.marts.holidays import keep_holidays
from standalone.bookshop.effects_file import NEUTRAL_FILE, read_effects
from tests.factories.desk import add_ticket, instant
from tests.integration.etl.jobs.insight_desk import UNTIL, InsightDesk


def test_the_start_of_the_school_year_is_found(desk: InsightDesk) -> None:
    """Book orders of a bookshop rise in January and February; a second run writes nothing."""
    desk.fill(12_000)
    desk.run("find_anomalies")
    found = desk.rows(
        "select period, spans, ratio_low, ratio_high from marts.seasonal_lifts"
        " where category = 'book_order' and p_value < 0.05 order by ratio desc"
    )
    assert found
    period, spans, low, high = found[0]
    assert period[:2] in {"12", "01"}
    assert any(first <= "2026-02-01" <= last for first, last in spans)
    assert any(first > "2027" for first, _ in spans), "when it comes next is known"
    assert low > 1
    assert high > low
    again = desk.run("find_anomalies").result
    assert again is not None
    assert again.row_count == 0


def test_a_burst_is_found_with_the_words_it_brought(desk: InsightDesk) -> None:
    """Forty tickets about one thing on one day are an odd day, and their word is named; a customer's own is not."""
    desk.fill(4_000, effects=read_effects(NEUTRAL_FILE))
    day = instant(f"{UNTIL - timedelta(days=9)} 08:00")
    with desk.database.engine.begin() as connection:
        for place in range(40):
            subject = f"The voucher is refused {'Umfolozi' if place == 0 else ''}"
            add_ticket(connection, day + timedelta(minutes=place), category="technical_support", subject=subject)
    desk.refresh()
    desk.run("find_anomalies")
    rows = desk.rows(
        "select start_date, ticket_count, expected, changes, is_bulk, same_minute_count from marts.volume_anomalies"
        " where category = 'technical_support' and q_value < 0.05"
    )
    assert [row[0] for row in rows] == [UNTIL - timedelta(days=9)]
    assert rows[0][1] >= 40
    assert rows[0][2] < 10
    words = [change["value"] for change in rows[0][3] if change["what"] == "word"]
    assert "voucher" in words or "refused" in words
    assert "umfolozi" not in words
    assert rows[0][4:] == (True, 1), "so many on one day, but each in a minute of its own"


def test_one_day_of_bulk_entry_is_told_once_and_makes_no_season(desk: InsightDesk) -> None:
    """Two years running 300 tickets come in one minute of 29 December: two bulk days, no season of that time."""
    desk.fill(4_000, effects=read_effects(NEUTRAL_FILE))
    with desk.database.engine.begin() as connection:
        for year in (2024, 2025):
            day = instant(f"{year}-12-29 08:00")
            for place in range(300):
                add_ticket(connection, day + timedelta(seconds=place % 50), category="general_inquiry", subject="Old")
    desk.refresh()
    desk.run("find_anomalies")
    rows = desk.rows("select start_date::text, category, is_bulk, same_minute_count from marts.volume_anomalies")
    bulk = [(day, category, count) for day, category, is_bulk, count in rows if is_bulk]
    assert sorted(bulk) == [("2024-12-29", "", 300), ("2025-12-29", "", 300)]
    spans = desk.rows("select spans from marts.seasonal_lifts where p_value < 0.05 and ratio > 1")
    assert not any(first <= "2025-12-29" <= last for (each,) in spans for first, last in each)


def test_a_category_that_doubled_is_a_surge(desk: InsightDesk) -> None:
    """Its tickets are counted as they came, so that a link has as many; a second run writes nothing."""
    desk.fill(6_000, effects=read_effects(NEUTRAL_FILE))
    with desk.database.engine.begin() as connection:
        for back in range(14, 0, -1):
            for place in range(3):
                at = instant(f"{UNTIL - timedelta(days=back)} 08:00") + timedelta(minutes=17 * place)
                add_ticket(connection, at, category="return_refund", channel="email", subject="Wrong book")
    desk.refresh()
    desk.run("find_anomalies")
    rows = desk.rows("select dimension, value, start_date, last_date, ticket_count, expected from marts.volume_surges")
    ((dimension, value, start, last, count, expected),) = rows
    assert (dimension, value, last) == ("category", "return_refund", UNTIL - timedelta(days=1))
    came = desk.rows(
        "select count(*) from marts.fct_tickets inner join marts.dimension_values on category_id = id"
        " where value = 'return_refund' and created_date >= :start and not is_excluded and created_date <= :last",
        start=start,
        last=last,
    )
    assert came == [(count,)]
    assert count > 1.7 * expected
    tables = ("volume_anomalies", "volume_surges", "seasonal_lifts")
    before = [desk.rows(f"select * from marts.{table} order by 1, 2") for table in tables]
    again = desk.run("find_anomalies").result
    assert [desk.rows(f"select * from marts.{table} order by 1, 2") for table in tables] == before
    assert again is not None
    assert again.row_count == 0


def test_a_desk_in_the_united_states_has_no_odd_thanksgiving(desk: InsightDesk) -> None:
    """The silence of Thanksgiving is odd where no holidays are known, and as it should be where they are."""
    with desk.database.engine.begin() as connection:
        for place in range(400):
            day = date(2024, 12, 1) + timedelta(days=place)
            if day <= date(2025, 12, 14) and day not in {date(2025, 11, 27), date(2025, 10, 13)}:
                for hour in range(20 + place % 3):
                    at = instant(f"{day} 15:00") + timedelta(minutes=hour)
                    add_ticket(connection, at, category="technical_support", subject="It does not start")
    desk.refresh()
    now = datetime(2025, 12, 15, 6, tzinfo=UTC)
    odd = "select start_date::text from marts.volume_anomalies order by start_date"
    desk.run("find_anomalies", now)
    assert desk.rows(odd) == [("2025-10-13",), ("2025-11-27",)]
    with desk.database.engine.begin() as connection:
        keep_holidays(connection, chosen_countries("America/New_York", {}), "America/New_York")
    desk.run("find_anomalies", now)
    assert desk.rows(odd) == []


@pytest.mark.parametrize("days", [0, 3])
def test_a_short_history_finds_nothing(desk: InsightDesk, days: int) -> None:
    """Without tickets, or with three days of them, nothing is odd and nothing is a season."""
    with desk.database.engine.begin() as connection:
        for day in range(days):
            add_ticket(connection, instant("2026-06-02 08:00") + timedelta(days=day), category="book_order")
    desk.refresh()
    desk.run("find_anomalies")
    assert desk.rows("select * from marts.volume_anomalies") == []
    assert desk.rows("select * from marts.seasonal_lifts") == []
    assert desk.rows("select * from marts.volume_surges") == []
