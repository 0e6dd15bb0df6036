"""Odd days and seasons come out of the desk's own tickets."""

from datetime import timedelta

import pytest

from standalone.bookshop.effects_file import NEUTRAL_FILE, read_effects
from tests.factories.desk import add_ticket, instant
from tests.integration.etl.jobs.insight_desk import UNTIL, InsightDesk


def test_the_start_of_the_school_year_is_found(desk: InsightDesk) -> None:
    """Book orders of a bookshop rise in January and February; a second run writes nothing."""
    desk.fill(12_000)
    desk.run("find_anomalies")
    found = desk.rows(
        "select start_half, half_count, ratio_low, ratio_high from marts.seasonal_lifts"
        " where category = 'book_order' and p_value < 0.05 order by ratio desc"
    )
    assert found
    start, length, low, high = found[0]
    assert {0, 1, 2} & {(start + ahead) % 24 for ahead in range(length)}
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
        "select start_date, ticket_count, expected, changes from marts.volume_anomalies"
        " where category = 'technical_support' and q_value < 0.05"
    )
    assert [row[0] for row in rows] == [UNTIL - timedelta(days=9)]
    assert rows[0][1] >= 40
    assert rows[0][2] < 10
    words = [change["value"] for change in rows[0][3] if change["what"] == "word"]
    assert "voucher" in words or "refused" in words
    assert "umfolozi" not in words


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
