"""What the data says is written down, and nothing where there is nothing."""

from datetime import timedelta

from standalone.bookshop.effects_file import NEUTRAL_FILE, read_effects
from tests.factories.desk import add_message, add_status, add_ticket, instant
from tests.integration.etl.jobs.insight_desk import NOW, InsightDesk

_JOBS = ("compare_agents", "find_anomalies", "write_insights")


def _run(desk: InsightDesk) -> None:
    for name in _JOBS:
        desk.run(name)


def test_a_bookshops_insights_are_ranked_and_each_has_its_interval(desk: InsightDesk) -> None:
    """What is planted is said: technical support takes longest, January and February bring more book orders."""
    desk.fill(12_000)
    _run(desk)
    rows = desk.rows(
        "select place, topic, subject, effect_low, effect, effect_high, q_value, ticket_count"
        " from marts.insights order by 1"
    )
    assert [row[0] for row in rows] == list(range(1, len(rows) + 1))
    assert all(row[3] <= row[4] <= row[5] and row[6] <= 0.05 and row[7] >= 30 for row in rows)
    said = {row[1]: row[2] for row in rows}
    assert said["slowest"] == "technical_support"
    assert any(row[1] == "season" and row[2][:13] in {"book_order:12", "book_order:01"} for row in rows)
    again = desk.run("write_insights", NOW + timedelta(hours=2)).result
    assert again is not None
    assert again.row_count == 0


def test_a_neutral_desk_is_told_no_seasons_and_no_agents(desk: InsightDesk) -> None:
    """Where no season and no skill is planted, none is said."""
    desk.fill(8_000, seed=11, effects=read_effects(NEUTRAL_FILE))
    _run(desk)
    assert desk.rows("select subject from marts.insights where topic in ('season', 'agents')") == []


def test_what_is_missing_is_said(desk: InsightDesk) -> None:
    """Three days of one category and one agent without ratings: nothing is claimed, and each gap has its reason."""
    with desk.database.engine.begin() as connection:
        for place in range(45):
            at = instant("2026-06-26 08:00") + timedelta(hours=place)
            ticket_id = add_ticket(connection, at, category="book_order")
            add_message(connection, ticket_id, at + timedelta(hours=1), "Lerato")
            add_status(connection, ticket_id, "resolved", at + timedelta(hours=2), changed_by="Lerato")
    desk.refresh()
    _run(desk)
    assert desk.rows("select * from marts.insights") == []
    gaps = dict(desk.rows("select topic, missing from marts.insight_gaps"))
    assert {"slowest", "season", "support_need", "ratings", "agents", "demand", "staffing"} <= set(gaps)


def test_an_empty_desk_has_nothing_to_say(desk: InsightDesk) -> None:
    """No tickets, no insights, no error."""
    _run(desk)
    assert desk.rows("select * from marts.insights") == []
