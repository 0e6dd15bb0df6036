"""Agents are compared on the tickets of the last year; again changes nothing; nothing in is nothing out."""

from datetime import timedelta

import sqlalchemy as sa

from tests.factories.desk import add_message, add_status, add_ticket, instant
from tests.integration.etl.jobs.insight_desk import InsightDesk
from warehouse.engine import DatabaseRole


def test_a_bookshops_agents_are_compared_on_five_metrics(desk: InsightDesk) -> None:
    """Every metric has its agents, whole ratios and intervals around them; a second run writes nothing."""
    desk.fill(4_000)
    assert desk.run("compare_agents").result is not None
    found = desk.rows(
        "select metric, count(*), bool_and(ratio_low <= ratio and ratio <= ratio_high) from"
        " marts.agent_figures group by 1 order by 1"
    )
    assert [(metric, is_sound) for metric, _, is_sound in found] == [
        ("csat", True),
        ("first_reply_time", True),
        ("mean_rating", True),
        ("reopen_rate", True),
        ("resolution_time", True),
    ]
    assert all(count >= 15 for _, count, _ in found)
    clocks = dict(desk.rows("select metric, clock from marts.agent_metrics"))
    assert clocks["resolution_time"] == "business"
    again = desk.run("compare_agents").result
    assert again is not None
    assert again.row_count == 0


def test_new_results_are_told_to_the_portal_without_making_the_tickets_look_fresher(desk: InsightDesk) -> None:
    """The version of the data rises, the time of the refresh stays."""
    desk.fill(500)
    before = desk.rows("select version, refreshed_at from ops.data_version")[0]
    desk.run("compare_agents")
    after = desk.rows("select version, refreshed_at from ops.data_version")[0]
    assert after == (before[0] + 1, before[1])


def test_an_empty_desk_has_no_agents_to_compare(desk: InsightDesk) -> None:
    """Without tickets there are no figures, and that is no error."""
    desk.run("compare_agents")
    assert desk.rows("select * from marts.agent_figures") == []


def test_one_agent_with_few_tickets_and_no_ratings_is_not_judged(desk: InsightDesk) -> None:
    """Twelve tickets of one agent give figures without a verdict, and no metric of ratings."""
    with desk.database.engine.begin() as connection:
        for place in range(12):
            at = instant("2026-06-02 08:00") + timedelta(hours=place)
            ticket_id = add_ticket(connection, at, category="book_order")
            add_message(connection, ticket_id, at + timedelta(hours=1), "Lerato")
            add_status(connection, ticket_id, "resolved", at + timedelta(hours=2), changed_by="Lerato")
    desk.refresh()
    desk.run("compare_agents")
    rows = desk.rows("select metric, agent, is_judged, q_value from marts.agent_figures order by 1")
    assert {row[0] for row in rows} <= {"first_reply_time", "reopen_rate", "resolution_time"}
    assert rows
    assert all(row[1:] == ("Lerato", False, None) for row in rows)


def test_the_portal_reads_what_was_found(desk: InsightDesk) -> None:
    """The role that pages read with may read all of it, and write none."""
    engine = desk.database.engine_as(DatabaseRole.PORTAL_READER)
    with engine.connect() as connection:
        for table in ("agent_metrics", "agent_figures", "volume_anomalies", "seasonal_lifts", "insights"):
            assert connection.execute(sa.text(f"select count(*) from marts.{table}")).scalar_one() == 0
    engine.dispose()
