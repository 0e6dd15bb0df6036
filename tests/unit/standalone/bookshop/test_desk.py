"""A made-up desk as a whole."""

import hashlib
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from standalone.bookshop.csv_rows import COLUMNS
from standalone.bookshop.desk import BadDeskError, Bookshop
from standalone.bookshop.effects_file import read_effects
from standalone.bookshop.files import write_files
from standalone.bookshop.opening_hours import midnight
from tests.unit.standalone.bookshop.desk_figures import UNTIL, read_desk

END = pd.Timestamp(midnight(UNTIL), unit="s", tz="UTC")


@pytest.fixture(scope="module")
def desk() -> dict[str, pd.DataFrame]:
    """A small desk."""
    return read_desk(4000, 7, read_effects())


def _digest(tickets: int, seed: int) -> str:
    digest = hashlib.sha256()
    for rows in Bookshop.plan(tickets, seed, read_effects(), UNTIL).rows():
        digest.update("".join(f"{table}{text}" for table, text in rows.tables.items()).encode())
    return digest.hexdigest()


def test_same_seed_makes_the_same_bytes() -> None:
    """A desk depends on its arguments and on nothing else."""
    assert _digest(500, 3) == _digest(500, 3)
    assert _digest(500, 3) != _digest(500, 4)


@pytest.mark.parametrize("tickets", [1, 2, 60])
def test_small_desks(tickets: int) -> None:
    """Any number of tickets is made exactly, also fewer than there are days."""
    assert len(read_desk(tickets, 1, read_effects())["support_tickets"]) == tickets


@pytest.mark.parametrize(("tickets", "seed"), [(0, 1), (10, -1)])
def test_impossible_desks_are_refused(tickets: int, seed: int) -> None:
    """No tickets or a negative seed is an error that says so."""
    with pytest.raises(BadDeskError):
        Bookshop.plan(tickets, seed, read_effects(), UNTIL)


def test_nothing_happens_after_the_end(desk: dict[str, pd.DataFrame]) -> None:
    """The future does not exist: every instant of every table lies before the end of the history."""
    instants = {name for columns in COLUMNS.values() for name in columns if name.endswith("_at") or name == "timestamp"}
    for frame in desk.values():
        for column in instants & set(frame.columns):
            assert (pd.to_datetime(frame[column], utc=True).dropna() < END).all()


def test_tickets_are_numbered_in_order_of_creation(desk: dict[str, pd.DataFrame]) -> None:
    """Ids rise with time, from the first on."""
    tickets = desk["support_tickets"]
    assert tickets.id.tolist() == list(range(1, 4001))
    assert tickets.created_at.is_monotonic_increasing


def test_every_row_belongs_to_a_ticket_and_none_is_earlier(desk: dict[str, pd.DataFrame]) -> None:
    """Interactions and histories refer to tickets that were there already."""
    created = desk["support_tickets"].set_index("id").created_at
    for table, column in (
        ("customer_interactions", "timestamp"),
        ("ticket_status_history", "changed_at"),
        ("ticket_field_history", "changed_at"),
    ):
        rows = desk[table]
        assert rows.ticket_id.isin(created.index).all()
        assert (pd.to_datetime(rows[column], utc=True) >= rows.ticket_id.map(created)).all()


def test_last_status_is_the_ticket_s_own(desk: dict[str, pd.DataFrame]) -> None:
    """Status, resolution and history of a ticket agree."""
    tickets = desk["support_tickets"].set_index("id")
    history = desk["ticket_status_history"]
    assert (history.groupby("ticket_id").status.last() == tickets.status).all()
    assert (history.groupby("ticket_id").status.first() == "new").all()
    is_solved = tickets.status.isin(["resolved", "closed"])
    assert (tickets.resolved_at.notna() == is_solved).all()
    solving = history[history.status == "resolved"].groupby("ticket_id").changed_at.max()
    real = tickets[is_solved & tickets.exclusion.isna()]
    assert (pd.to_datetime(solving.reindex(real.index), utc=True) == real.resolved_at).all()


def test_a_status_never_follows_itself(desk: dict[str, pd.DataFrame]) -> None:
    """Every row of the status history is a change."""
    history = desk["ticket_status_history"]
    assert (history.groupby("ticket_id").status.shift() != history.status).all()


def test_ratings_come_from_resolved_tickets_after_the_offer(desk: dict[str, pd.DataFrame]) -> None:
    """A survey is offered after the resolution and answered after the offer."""
    tickets = desk["support_tickets"]
    rated = tickets[tickets.customer_satisfaction_score.notna()]
    offered = pd.to_datetime(rated.survey_offered_at, utc=True)
    assert len(rated) > 800
    assert rated.customer_satisfaction_score.between(1, 5).all()
    assert (offered > rated.resolved_at).all()
    assert (rated.rated_at > offered).all()
    assert (tickets.rated_at.notna() == tickets.customer_satisfaction_score.notna()).all()


def test_customers_are_those_who_write_and_stop_when_they_leave(desk: dict[str, pd.DataFrame]) -> None:
    """Tickets come from known customers of reserved domains, after they joined and before they left."""
    tickets = desk["support_tickets"].query("exclusion != 'spam'")
    customers = desk["customers"].set_index("customer_email")
    assert customers.index.is_unique
    assert customers.index.str.fullmatch(r"[a-z.0-9-]+@([a-z0-9-]+\.example|example\.(com|org|net))").all()
    writers = customers.reindex(tickets.customer_email)
    assert writers.customer_type.tolist() == tickets.customer_type.tolist()
    assert (writers.created_at.to_numpy() <= tickets.created_at.to_numpy()).all()
    left = writers.churned_at.notna().to_numpy()
    assert (writers.churned_at.to_numpy()[left] > tickets.created_at.to_numpy()[left]).all()


def test_few_customers_write_most(desk: dict[str, pd.DataFrame]) -> None:
    """Ticket counts have a heavy tail."""
    counts = desk["support_tickets"].customer_email.value_counts()
    busiest = counts.head(len(counts) // 10).sum() / counts.sum()
    assert busiest > 0.3


def test_agents_work_while_they_are_employed(desk: dict[str, pd.DataFrame]) -> None:
    """Nobody resolves a ticket created before they were hired."""
    tickets = desk["support_tickets"].dropna(subset=["assigned_agent"])
    hired = pd.to_datetime(desk["agents"].set_index("agent_name").hired_on).dt.tz_localize("Africa/Johannesburg")
    assert (tickets.created_at >= tickets.assigned_agent.map(hired)).all()
    assert tickets.assigned_agent.nunique() == 20


def test_some_tickets_are_open_at_the_end(desk: dict[str, pd.DataFrame]) -> None:
    """There is a backlog, of several statuses."""
    backlog = desk["support_tickets"].query("status not in ['resolved', 'closed']")
    assert 10 < len(backlog) < 100
    assert {"open", "pending", "on_hold"} <= set(backlog.status)


def test_files_have_a_header_and_every_row(tmp_path: Path) -> None:
    """Files are complete CSV tables, and nothing unfinished is left behind."""
    rows = write_files(Bookshop.plan(300, 1, read_effects(), UNTIL), tmp_path / "out")
    for table, columns in COLUMNS.items():
        frame = pd.read_csv(tmp_path / "out" / f"{table}.csv")
        assert frame.columns.tolist() == list(columns)
        assert len(frame) == rows[table]
    assert not list(tmp_path.glob("**/*.part"))


def test_history_may_end_on_a_leap_day() -> None:
    """Any day can be the end."""
    assert sum(rows.ticket_count for rows in Bookshop.plan(50, 1, read_effects(), date(2024, 2, 29)).rows()) == 50
