"""A bookshop's desk in memory: the columns agree with what the generator writes."""

import csv
import io
from collections.abc import Iterable

import numpy as np
import pandas as pd
import pytest

from benchmarks.planted_desk import UNTIL, PlantedDesk, planted_desk
from standalone.bookshop.csv_rows import COLUMNS
from standalone.bookshop.desk import Bookshop
from standalone.bookshop.effects_file import read_effects


@pytest.fixture(scope="module")
def desk() -> PlantedDesk:
    return planted_desk(1500, seed=4)


@pytest.fixture(scope="module")
def written() -> dict[str, list[dict[str, str]]]:
    rows = list(Bookshop.plan(1500, 4, read_effects(), UNTIL).rows())
    return {
        table: [
            dict(zip(columns, line, strict=True))
            for portion in rows
            for line in csv.reader(io.StringIO(portion.tables.get(table, "")))
        ]
        for table, columns in COLUMNS.items()
    }


def _instants(texts: Iterable[str]) -> "pd.Series[pd.Timestamp]":
    return pd.Series(np.array([text.removesuffix("Z") or "NaT" for text in texts], dtype="datetime64[s]"))


def test_tickets_are_those_written(desk: PlantedDesk, written: dict[str, list[dict[str, str]]]) -> None:
    """Every ticket but spam is there, with the same words, instants and rating."""
    tickets = [row for row in written["support_tickets"] if not row["exclusion"]]
    assert desk.tickets["ticket_id"].tolist() == [int(row["id"]) for row in tickets]
    for column, name in {"category": "category", "priority": "priority", "channel": "channel", "team": "team"}.items():
        assert desk.tickets[column].fillna("").tolist() == [row[name] for row in tickets]
    assert desk.tickets["agent"].fillna("").tolist() == [row["assigned_agent"] for row in tickets]
    assert desk.tickets["customer_type"].tolist() == [row["customer_type"] for row in tickets]
    ratings = [float(row["customer_satisfaction_score"] or "nan") for row in tickets]
    np.testing.assert_array_equal(desk.tickets["rating"], ratings)
    for column in ("created_at", "resolved_at", "rated_at", "survey_offered_at"):
        pd.testing.assert_series_equal(
            desk.tickets[column], _instants(row[column] for row in tickets), check_names=False
        )


def test_contacts_are_those_written(desk: PlantedDesk, written: dict[str, list[dict[str, str]]]) -> None:
    """Contacts, who wrote them and the first reply are those of the messages that were written."""
    messages = pd.DataFrame(written["customer_interactions"])
    messages["ticket_id"] = messages["ticket_id"].astype(int)
    messages = messages[(messages["is_public"] == "t") & (messages["is_automatic"] == "f")]
    replies = messages[messages["direction"] == "outbound"].groupby("ticket_id")
    tickets = desk.tickets.set_index("ticket_id")
    counted = messages.groupby("ticket_id").size().reindex(tickets.index, fill_value=0)
    assert tickets["contact_count"].tolist() == counted.tolist()
    assert tickets["agent_contact_count"].tolist() == replies.size().reindex(tickets.index, fill_value=0).tolist()
    alone = replies["agent_name"].nunique().reindex(tickets.index, fill_value=0) == 1
    assert tickets["is_same_agent"].tolist() == alone.tolist()
    first = replies["timestamp"].min().reindex(tickets.index).fillna("")
    pd.testing.assert_series_equal(
        desk.tickets["first_reply_at"], _instants(first), check_names=False, check_index=False
    )


def test_customers_and_agents_are_those_written(desk: PlantedDesk, written: dict[str, list[dict[str, str]]]) -> None:
    """Customers keep their order, so that a ticket's number leads to its customer."""
    left = _instants(row["churned_at"] for row in written["customers"])
    pd.testing.assert_series_equal(desk.customers["churned_at"], left, check_names=False)
    by_address = {row["customer_email"]: place for place, row in enumerate(written["customers"])}
    senders = [by_address[row["customer_email"]] for row in written["support_tickets"] if not row["exclusion"]]
    assert desk.tickets["customer"].tolist() == senders
    assert desk.agents["agent"].tolist() == [row["agent_name"] for row in written["agents"]]


def test_breaches_and_times_are_consistent(desk: PlantedDesk) -> None:
    """Nothing has happened before the ticket or after the end, and a breach needs the event."""
    tickets = desk.tickets
    assert (tickets["first_reply_seconds"].dropna() > 0).all()
    assert (tickets["resolution_seconds"] >= tickets["first_reply_seconds"])[tickets["resolved_at"].notna()].all()
    assert not tickets.loc[tickets["resolved_at"].isna(), "is_resolution_breached"].any()
    assert 0.02 < (tickets["is_first_reply_breached"] | tickets["is_resolution_breached"]).mean() < 0.9
    assert tickets["resolved_at"].max() < pd.Timestamp(UNTIL)
    assert (tickets["reopen_count"] > 0).any()
