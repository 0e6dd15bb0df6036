"""What the data says is written down, and nothing where there is nothing."""

from dataclasses import replace
from datetime import timedelta

import numpy as np

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


def test_a_neutral_desk_is_told_no_seasons_no_agents_and_nothing_about_ratings(desk: InsightDesk) -> None:
    """Where no season, no skill and no effect is planted, none is said."""
    desk.fill(8_000, seed=11, effects=read_effects(NEUTRAL_FILE))
    for name in ("analyse_drivers", "score_churn", *_JOBS):
        desk.run(name)
    topics = "('season', 'agents', 'ratings', 'churn', 'support_need', 'targets_at_risk')"
    assert desk.rows(f"select subject from marts.insights where topic in {topics}") == []


def test_no_insight_praises_quick_answers_where_only_quick_ends_are_rated_better(desk: InsightDesk) -> None:
    """Reply time does nothing, resolution time much, and the reply is a part of it: both pages say the resolution."""
    usual = read_effects()
    rating = replace(usual.rating, per_log_reply_time=0.0, per_log_resolution_time=-0.45)
    desk.fill(9_000, seed=3, effects=replace(usual, rating=rating))
    for name in ("analyse_drivers", *_JOBS):
        desk.run(name)
    said = {slug for (slug,) in desk.rows("select facts ->> 'driver' from marts.insights where topic = 'ratings'")}
    supported = {slug for (slug,) in desk.rows("select slug from marts.driver_effects where is_supported")}
    assert "resolution_time" in said
    assert "first_reply_time" not in supported
    assert said <= supported


def test_on_a_desk_that_knows_days_alone_whole_days_count(desk: InsightDesk) -> None:
    """Dates without a time of day: repairs take days longer than orders, two agents of six take longest."""
    rng = np.random.default_rng(5)
    agents = ("Anna", "Ben", "Chipo", "Dineo", "Emil", "Farai")
    with desk.database.engine.begin() as connection:
        for place in range(1800):
            category, agent = ("order", "repair")[place % 2], agents[place // 2 % 6]
            mean = (2.0 if category == "order" else 5.0) * (2.0 if agent in {"Anna", "Ben"} else 1.0)
            created = instant("2025-08-01 00:00") + timedelta(days=int(rng.integers(0, 300)))
            solved = created + timedelta(days=int(rng.poisson(rng.gamma(2.0, mean / 2))))
            add_ticket(
                connection, created, category=category, is_date_only=True, status="closed", resolved_at=solved,
                assigned_agent=agent, customer_email=f"reader{place % 400}@example.org",
            )  # fmt: skip
    desk.refresh()
    _run(desk)
    ((subject, facts),) = desk.rows("select subject, facts from marts.insights where topic = 'slowest'")
    assert (subject, facts["clock"]) == ("repair", "days")
    assert 4 < facts["typical_minutes"] / 1440 < 9
    assert "slowest" not in dict(desk.rows("select topic, missing from marts.insight_gaps"))
    ((claim, facts),) = desk.rows("select claim, facts from marts.insights where topic = 'agents'")
    assert (claim, facts["worse_count"], facts["compared_count"]) == ("slower_agents", 2, 6)
    assert desk.rows("select clock from marts.agent_metrics where metric = 'resolution_time'") == [("days",)]


def test_few_departures_are_a_gap_beside_what_can_be_said(desk: InsightDesk) -> None:
    """A dozen who left are too few to learn chances from; the page of insights says so, as the page of churn does."""
    desk.fill(2_000)
    desk.execute(
        "update support.customers set churned_at = null where customer_email not in"
        " (select customer_email from support.customers where churned_at is not null order by churned_at limit 12)"
    )
    for name in ("score_churn", "write_insights"):
        desk.run(name)
    gaps = {topic: (missing, facts) for topic, missing, facts in desk.rows("select * from marts.insight_gaps")}
    missing, facts = gaps["churn"]
    assert missing == "few_departures"
    assert 0 < facts["departure_count"] <= 12


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


def test_customers_whose_type_changes_from_ticket_to_ticket_show_no_type_that_needs_more(desk: InsightDesk) -> None:
    """Who writes more has had more types; the type counted must not hang on how much somebody wrote."""
    random = np.random.default_rng(5)
    with desk.database.engine.begin() as connection:
        for number in range(600):
            add_ticket(
                connection,
                NOW - timedelta(hours=13 * number + 30),
                customer_email=f"reader{int(150 * random.random() ** 3)}@example.org",
                customer_type=str(random.choice(["home", "shop"])),
            )
    desk.refresh()
    desk.run("write_insights")
    assert desk.rows("select subject from marts.insights where topic = 'support_need'") == []
