"""Situations that desks report to the makers of their software, each with the answer that is right."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from etl.marts.refresh import refresh_marts
from tests.factories.desk import add_message, add_status, add_ticket, instant
from tests.integration.conftest import Database, DeskTemplates
from warehouse import metric_query
from warehouse.metric_query import LeftOut, MetricQuery, MetricResult
from warehouse.tables.tickets import customer_interactions, support_tickets, ticket_ratings

LONDON = "Europe/London"
KOLKATA = "Asia/Kolkata"


def _fill(engine: sa.Engine) -> None:
    """Every situation has a category of its own on one desk."""
    with engine.begin() as connection:
        for fill in (_october, _one_day, _merged, _rated_twice, _two_teams, _two_sources, _one_long_ticket, _undated):
            fill(connection)


def _october(connection: sa.Connection) -> None:
    at = [datetime(2025, month, 15, 12, tzinfo=UTC) for month in range(1, 13)]
    at += [instant("2025-09-30 23:30"), instant("2025-10-31 23:30")]
    for each in at:
        add_ticket(connection, each, category="october")


def _one_day(connection: sa.Connection) -> None:
    """Of 46 tickets of one day in Kolkata, 10 belong to the day before in UTC."""
    for minute in range(46):
        start = "2022-11-27 18:30" if minute < 10 else "2022-11-28 00:00"
        add_ticket(connection, instant(start) + timedelta(minutes=7 * minute), category="one day")


def _merged(connection: sa.Connection) -> None:
    at = instant("2024-02-05 09:00")
    target = add_ticket(connection, at, category="merged", customer_email="ann@example.org")
    merged = add_ticket(
        connection, at, category="merged", customer_email="ann@example.org", exclusion="merged", merged_into_id=target
    )
    add_message(connection, target, at + timedelta(minutes=10), "Lerato", duration_minutes=4)
    add_message(connection, merged, at + timedelta(minutes=2), "Sipho", duration_minutes=11)
    add_status(connection, merged, "closed", at + timedelta(minutes=5), is_automatic=True)
    add_status(connection, target, "resolved", at + timedelta(hours=1), changed_by="Lerato")


def _rated_twice(connection: sa.Connection) -> None:
    ticket = add_ticket(connection, instant("2024-03-04 09:00"), category="surveyed twice", assigned_agent="Lerato")
    for status, at in (
        ("resolved", "2024-03-05 09:00"),
        ("open", "2024-05-06 09:00"),
        ("resolved", "2024-05-07 09:00"),
    ):
        add_status(connection, ticket, status, instant(at), changed_by="Lerato")
    other = add_ticket(connection, instant("2024-03-04 09:00"), category="two prompts")
    add_status(connection, other, "resolved", instant("2024-03-05 09:00"))
    rows = [
        {"ticket_id": ticket, "prompt": "1", "rated_at": instant("2024-03-06 10:00"), "score": 5},
        {"ticket_id": ticket, "prompt": "2", "rated_at": instant("2024-05-08 10:00"), "score": 2},
        {"ticket_id": other, "prompt": "good", "rated_at": instant("2024-03-06 10:00"), "score": 5},
        {"ticket_id": other, "prompt": "good", "rated_at": instant("2024-03-06 10:00"), "score": 5},
        {"ticket_id": other, "prompt": "bad", "rated_at": instant("2024-03-06 10:01"), "score": 1},
    ]
    connection.execute(ticket_ratings.insert(), [{"offered_at": None, **row} for row in rows])


def _two_teams(connection: sa.Connection) -> None:
    """One person rates in January and again in February, four others in February alone."""
    at = instant("2023-01-09 09:00")
    for place, (team, score) in enumerate([("a", 5), ("a", 1), ("b", 4), ("b", 2), ("b", 1), ("b", 1)]):
        made = at + timedelta(days=0 if place == 0 else 31)
        person = "same@example.org" if place < 2 else f"other{place}@example.org"
        columns = {"customer_satisfaction_score": score, "rated_at": made, "status": "resolved", "resolved_at": made}
        add_ticket(connection, made, category="two teams", team=team, customer_email=person, **columns)


def _two_sources(connection: sa.Connection) -> None:
    """Three tickets come from a file of tickets alone, one with a number of reopenings, one with a whole history."""
    at = instant("2021-06-07 09:00")
    solved = {"category": "two sources", "status": "resolved", "resolved_at": at + timedelta(hours=5)}
    for _ in range(3):
        add_ticket(connection, at, **solved, team="file")
    add_ticket(connection, at, **solved, reopen_count=1, first_replied_at=at + timedelta(minutes=30), handle_seconds=90)
    told = add_ticket(connection, at, category="two sources")
    add_message(connection, told, at + timedelta(minutes=10), "Lerato", duration_minutes=3)
    add_status(connection, told, "resolved", at + timedelta(hours=1), changed_by="Lerato")


def _one_long_ticket(connection: sa.Connection) -> None:
    at = instant("2020-02-03 09:00")
    done = at + timedelta(minutes=12_000)
    add_ticket(connection, at, category="one long ticket", status="resolved", resolved_at=done)


def _undated(connection: sa.Connection) -> None:
    at = instant("2019-02-04 09:00")
    add_ticket(connection, at, category="undated", status="closed")
    add_ticket(connection, at, category="undated", status="closed", closed_at=at + timedelta(hours=3))
    add_ticket(connection, at, category="undated", status="open")


@pytest.fixture(scope="module")
def desk(desk_templates: DeskTemplates) -> Iterator[Database]:
    """The desk, as London sees it."""
    with desk_templates.clone(_fill) as database:
        with database.engine.begin() as connection:
            refresh_marts(connection, LONDON)
        yield database


@pytest.fixture
def connection(desk: Database) -> Iterator[sa.Connection]:
    """Reads, and gives back what a test changes."""
    with desk.engine.connect() as reading:
        yield reading


def ask(connection: sa.Connection, metric: str, category: str, *by: str, **period: date) -> MetricResult:
    """Return the answer about the tickets of one situation."""
    start, end = period.get("start", date(2018, 1, 1)), period.get("end", date(2027, 1, 1))
    return metric_query.run(connection, MetricQuery(metric, start, end, by, (("category", (category,)),)))


def value(connection: sa.Connection, metric: str, category: str, **period: date) -> float | None:
    """Return the only number of an answer."""
    return ask(connection, metric, category, **period).rows[0].value


def test_no_month_loses_a_ticket_to_the_clocks(connection: sa.Connection) -> None:
    """An hour after the clocks change, tickets at half past eleven in UTC are of October in London."""
    months = {row.keys[0]: row.value for row in ask(connection, "created", "october", "month").rows}
    assert months == {f"2025-{month:02}": 3 if month == 10 else 1 for month in range(1, 13)}
    quarters = {row.keys[0]: row.value for row in ask(connection, "created", "october", "quarter").rows}
    assert quarters == {"2025-Q1": 3, "2025-Q2": 3, "2025-Q3": 3, "2025-Q4": 5}
    assert [(row.keys, row.value) for row in ask(connection, "created", "october", "year").rows] == [(("2025",), 14)]


def test_a_merged_ticket_counts_nowhere_and_its_work_counts_for_the_other(connection: sa.Connection) -> None:
    """It is said to be left out, and can be listed."""
    for metric in ("created", "resolution_events", "resolved", "first_reply_time", "resolution_time", "reopens"):
        answer = ask(connection, metric, "merged")
        assert answer.rows[0].n == (0 if metric == "reopens" else 1), metric
        assert (LeftOut("merged", 1, "merged") in answer.left_out) == (metric != "reopens"), metric
    query = MetricQuery("created", date(2024, 1, 1), date(2025, 1, 1), (), (("category", ("merged",)),))
    merged = metric_query.ticket_ids(connection, query, part="merged").ticket_ids
    assert len(merged) == 1
    assert merged != metric_query.ticket_ids(connection, query).ticket_ids
    assert value(connection, "handle_time", "merged") == 15


def test_an_answer_to_a_merged_ticket_lands_on_the_other(desk: Database) -> None:
    """The merged one stays closed and is not reopened."""
    with desk.engine.connect() as connection:
        merged, target = connection.execute(
            sa.select(support_tickets.c.id, support_tickets.c.merged_into_id).where(
                support_tickets.c.merged_into_id.is_not(None)
            )
        ).one()
        add_message(connection, merged, instant("2024-02-06 09:00"))
        at = customer_interactions.c.timestamp == instant("2024-02-06 09:00")
        assert connection.execute(sa.select(customer_interactions.c.ticket_id).where(at)).scalars().all() == [target]
        refresh_marts(connection, LONDON)
        assert value(connection, "contacts", "merged") == 2
        assert value(connection, "reopens", "merged") == 0
        connection.rollback()


def test_a_total_is_no_mean_of_means(connection: sa.Connection) -> None:
    """2 of 6 ratings are good; people who wrote in two months are one person."""
    assert value(connection, "csat", "two teams") == pytest.approx(2 / 6)
    assert value(connection, "customers_resolved", "two teams") == 5
    assert [row.value for row in ask(connection, "customers_resolved", "two teams", "month").rows] == [1, 5]


def test_ratings_count_when_they_were_given(desk: Database) -> None:
    """May changes nothing in March; of two clicks a minute apart the latest counts."""
    march = {"start": date(2024, 3, 1), "end": date(2024, 4, 1)}
    may = {"start": date(2024, 5, 1), "end": date(2024, 6, 1)}
    with desk.engine.connect() as connection:
        answers = [ask(connection, "mean_rating", "surveyed twice", **days).rows[0] for days in (march, may)]
        assert [(row.value, row.n) for row in answers] == [(5, 1), (2, 1)]
        clicked = ask(connection, "mean_rating", "two prompts").rows[0]
        assert (clicked.value, clicked.n) == (1, 1)
        kept = sa.select(sa.func.count()).select_from(ticket_ratings)
        assert connection.execute(kept).scalar_one() == 5
        latest = sa.select(support_tickets.c.customer_satisfaction_score, support_tickets.c.rated_at)
        of_ticket = latest.where(support_tickets.c.category == "surveyed twice")
        assert tuple(connection.execute(of_ticket).one()) == (2, instant("2024-05-08 10:00"))


def test_a_rating_that_a_file_replaces_is_kept_until_the_file_is_taken_back(desk_templates: DeskTemplates) -> None:
    """What the columns said before was given at another time, so both count; back to it is a correction."""
    mine = support_tickets.c.category == "two teams", support_tickets.c.rated_at == instant("2023-01-09 09:00")
    before = [("2023-01", 5, 1), ("2023-02", pytest.approx(9 / 5), 5)]
    with desk_templates.clone(_fill) as desk:
        with desk.engine.begin() as connection:
            ticket = connection.execute(sa.select(support_tickets.c.id).where(*mine)).scalar_one()
            kept = sa.select(sa.func.count()).where(ticket_ratings.c.ticket_id == ticket)
        change = support_tickets.update().where(support_tickets.c.id == ticket)
        again = {"customer_satisfaction_score": 3, "rated_at": instant("2023-04-03 09:00")}
        back = {"customer_satisfaction_score": 5, "rated_at": instant("2023-01-09 09:00")}
        for values, wanted, count in ((again, [*before, ("2023-04", 3, 1)], 2), (back, before, 0)):
            with desk.engine.begin() as connection:
                connection.execute(change.values(values))
                refresh_marts(connection, LONDON)
                rows = ask(connection, "mean_rating", "two teams", "month").rows
                assert [(row.keys[0], row.value, row.n) for row in rows] == wanted
                assert connection.execute(kept).scalar_one() == count


def test_ratings_that_are_taken_back_leave_the_columns_as_they_were(desk_templates: DeskTemplates) -> None:
    """The columns hold the latest rating, and what they held before comes back when it goes."""
    columns = sa.select(
        support_tickets.c.customer_satisfaction_score, support_tickets.c.rated_at, support_tickets.c.survey_offered_at
    )
    with desk_templates.clone(_fill) as desk, desk.engine.begin() as connection:
        chosen = support_tickets.c.category.in_(("two teams", "one long ticket"))
        said = columns.where(chosen).order_by(support_tickets.c.id)
        before = connection.execute(said).all()
        count = sa.select(sa.func.count()).select_from(ticket_ratings)
        rows = connection.execute(count).scalar_one()
        ids = connection.execute(sa.select(support_tickets.c.id).where(chosen)).scalars().all()
        at = instant("2026-01-01 09:00")
        new = [{"ticket_id": each, "prompt": "late", "rated_at": at, "score": 2} for each in ids]
        connection.execute(ticket_ratings.insert(), new)
        assert {tuple(row)[:2] for row in connection.execute(said)} == {(2, at)}
        connection.execute(ticket_ratings.delete().where(ticket_ratings.c.prompt == "late"))
        assert connection.execute(said).all() == before
        assert connection.execute(count).scalar_one() == rows


def test_what_a_source_does_not_give_is_not_known(connection: sa.Connection) -> None:
    """A file of tickets alone has no reopen rate of 0, and is named where another source has one."""
    for metric in ("reopen_rate", "one_touch_rate", "reopens", "first_reply_time", "handle_time", "contacts"):
        query = MetricQuery(metric, date(2021, 1, 1), date(2022, 1, 1), (), (("team", ("file",)),))
        answer = metric_query.run(connection, query)
        assert (answer.rows[0].value, answer.rows[0].n, answer.is_not_known) == (None, 0, True), metric
        assert [each.count for each in answer.left_out] == [3], metric
        assert len(metric_query.ticket_ids(connection, query, part="unknown").ticket_ids) == 3
    rate = ask(connection, "reopen_rate", "two sources")
    assert (rate.rows[0].value, rate.rows[0].n, rate.is_not_known) == (0.5, 2, False)
    assert [each.count for each in rate.left_out] == [3]
    assert value(connection, "one_touch_rate", "two sources") == 0.5
    replies = ask(connection, "first_reply_time", "two sources").rows[0]
    assert (replies.value, replies.n) == (20, 2)
    assert ask(connection, "handle_time", "two sources").rows[0].mean == pytest.approx((1.5 + 3) / 2)


def test_a_single_long_ticket_is_read_exactly(connection: sa.Connection) -> None:
    row = ask(connection, "resolution_time", "one long ticket").rows[0]
    assert (row.value, row.p90, row.mean, row.n) == (12_000, 12_000, 12_000, 1)


def test_a_ticket_solved_nobody_knows_when_is_not_open(connection: sa.Connection) -> None:
    """It is named; one that has the date of its closing was solved then."""
    backlog = ask(connection, "backlog", "undated")
    assert backlog.rows[0].value == 1
    assert LeftOut("solved, date not known", 1, "undated") in backlog.left_out
    resolved = ask(connection, "resolved", "undated")
    assert resolved.rows[0].value == 1
    assert LeftOut("solved, date not known", 1, "undated") in resolved.left_out
    assert value(connection, "resolution_time", "undated") == 180
    where = (("category", ("undated",)),)
    assert metric_query.open_tickets(connection, where, instant("2019-03-01 00:00")).count == 1
    query = MetricQuery("backlog", date(2019, 2, 1), date(2019, 3, 1), (), where)
    assert metric_query.ticket_count(connection, query) == 1
    assert metric_query.ticket_count(connection, query, part="undated") == 1


def test_every_place_that_shows_a_day_shows_the_same_day(desk: Database) -> None:
    """Number, split and list agree in a zone of half hours."""
    with desk.engine.connect() as connection:
        refresh_marts(connection, KOLKATA)
        day = {"start": date(2022, 11, 28), "end": date(2022, 11, 29)}
        assert value(connection, "created", "one day", **day) == 46
        assert [row.value for row in ask(connection, "created", "one day", "day", **day).rows] == [46]
        query = MetricQuery("created", day["start"], day["end"], (), (("category", ("one day",)),))
        assert len(metric_query.ticket_ids(connection, query).ticket_ids) == 46
        connection.rollback()
