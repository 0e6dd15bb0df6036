"""What `query` says of SLA numbers: whose targets they are measured against, and where the source says otherwise."""

import csv
import io
import json
from typing import Any

import openpyxl
import pytest
import sqlalchemy as sa
import typer
from typer.testing import CliRunner

from etl.commands.query_cli import EmptyPeriodError, WorkbookOnScreenError, query
from etl.marts.refresh import refresh_marts
from tests.factories.desk import add_message, add_status, add_ticket, instant
from tests.integration.conftest import Database

ZONE = "Africa/Johannesburg"


@pytest.fixture
def desk(database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """Four tickets, late or in time here, late or in time by their source; a fifth of which the source says nothing."""
    monkeypatch.setenv("DATABASE_URL", database.url.render_as_string(hide_password=False))
    with database.engine.begin() as connection:
        for number, verdict in enumerate((True, False, True, False, None)):
            ticket = add_ticket(connection, instant("2026-03-04 08:00"), priority="low", source_sla_met=verdict)
            answered_at, solved_at = ("2026-03-04 08:10", "2026-03-04 08:20")
            if number in {1, 2}:
                answered_at, solved_at = ("2026-03-12 08:00", "2026-03-27 08:00")
            add_message(connection, ticket, instant(answered_at), "Lerato")
            add_status(connection, ticket, "resolved", instant(solved_at))
        refresh_marts(connection, ZONE)
    return database


def _run(*arguments: str) -> str:
    app = typer.Typer()
    app.command()(query)
    done = CliRunner().invoke(app, arguments, terminal_width=200)
    assert done.exit_code == 0, (done.output, done.exception)
    return " ".join(done.stdout.split())


def _answer(metric: str) -> Any:
    return json.loads(_run(metric, "--format", "json"))


@pytest.mark.usefixtures("desk")
def test_an_sla_number_names_its_policies_and_says_that_they_are_examples() -> None:
    assert "Measured against example targets: High, Low, Medium, Urgent." in _run("sla_tickets_met")
    policies = _answer("sla_attainment")["sla_policies"]
    names = ["High", "Low", "Medium", "Urgent"]
    assert policies == {"names": names, "are_examples": True, "examples": names}
    assert "sla_policies" not in _answer("created")
    by_policy = json.loads(_run("sla_tickets_met", "--by", "sla_policy", "--format", "json"))
    assert [(row["sla_policy"], row["n"]) for row in by_policy["rows"]] == [("Low", 5)]


def test_a_target_of_the_desks_own_is_no_example_and_the_others_still_are(desk: Database) -> None:
    with desk.engine.begin() as connection:
        connection.execute(sa.text("update support.sla_policies set first_reply_minutes = 45 where name = 'High'"))
        refresh_marts(connection, ZONE)
    said = _run("sla_tickets_met")
    assert "Measured against the SLA policies High, Low, Medium, Urgent." in said
    assert "Still examples that nobody at this desk has set: Low, Medium, Urgent." in said
    assert not _answer("sla_breaches")["sla_policies"]["are_examples"]


@pytest.mark.usefixtures("desk")
def test_the_sources_verdict_stands_beside_ours() -> None:
    """One agrees that it was met, one that it was missed, and two disagree."""
    (agreement,) = _answer("sla_source_agreement")["rows"]
    assert (agreement["value"], agreement["n"]) == (0.5, 4)
    cells = ("sla_met_by_both", "sla_missed_by_both", "sla_missed_here_only", "sla_missed_there_only")
    assert [_answer(cell)["rows"][0]["value"] for cell in cells] == [1, 1, 1, 1]
    assert _answer("sla_source_met")["rows"][0]["n"] == 4
    assert _answer("sla_tickets_met")["rows"][0]["value"] == 0.6


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("last", ["2026-03-01", "2026-03-04"])
def test_a_period_without_a_day_is_refused(last: str) -> None:
    app = typer.Typer()
    app.command()(query)
    done = CliRunner().invoke(app, ["created", "--from", "2026-03-04", "--to", last])
    assert isinstance(done.exception, EmptyPeriodError)
    assert done.exception.message == f"The period from 2026-03-04 to {last} has no day in it."


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    ("option", "day", "said"),
    [("--from", "2090-01-01", "but the data ends on"), ("--to", "1999-01-01", "but the data begins")],
)
def test_one_end_beyond_the_data_is_refused_and_named(option: str, day: str, said: str) -> None:
    """An answer without a row would look like a desk without tickets."""
    app = typer.Typer()
    app.command()(query)
    done = CliRunner().invoke(app, ["created", option, day])
    assert isinstance(done.exception, EmptyPeriodError)
    assert done.exception.message.startswith(f"{option} is {day}, {said}")


def test_names_in_brackets_are_shown_as_they_are_and_a_duration_says_which_figure_it_is(desk: Database) -> None:
    """Names are the desk's own words, whatever a terminal takes brackets for; a value alone does not say "median"."""
    with desk.engine.begin() as connection:
        connection.execute(sa.text("update support.support_tickets set team = '[/bold] [VIP]'"))
        refresh_marts(connection, ZONE)
    told = _run("resolution_time", "--by", "team")
    assert "[/bold] [VIP]" in told
    assert "median" in told
    assert "mean" in _run("resolution_time", "--statistic", "mean").partition("p90")[0]


def _file(*arguments: str) -> bytes:
    app = typer.Typer()
    app.command()(query)
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0, (done.output, done.exception)
    return done.stdout_bytes


@pytest.mark.parametrize("metric", ["resolution_time", "created", "csat"])
def test_csv_and_workbook_say_the_same_and_no_cell_runs(desk: Database, metric: str) -> None:
    """Names of teams come from elsewhere; numbers are numbers."""
    with desk.engine.begin() as connection:
        connection.execute(sa.text("update support.support_tickets set team = '=1+1' where id % 2 = 0"))
        connection.execute(sa.text("update support.support_tickets set team = '0017' where id % 2 = 1"))
        refresh_marts(connection, ZONE)
    asked = (metric, "--by", "team", "--by", "day", "--format")
    texts = list(csv.reader(io.StringIO(_file(*asked, "csv").decode())))
    (sheet,) = openpyxl.load_workbook(io.BytesIO(_file(*asked, "xlsx"))).worksheets
    cells = [list(line) for line in sheet.iter_rows()]
    assert len(texts) == len(cells) > (0 if metric == "csat" else 1)
    assert [cell.value for cell in cells[0]] == texts[0]
    for line, row in zip(texts[1:], cells[1:], strict=True):
        assert {"=1+1": "'=1+1", "0017": "0017"}[str(row[0].value)] == line[0]
        assert row[0].data_type in {"s", "inlineStr"}
        assert f"{row[1].value:%Y-%m-%d}" == line[1]
        assert [cell.value for cell in row[2:]] == [float(text) if text else None for text in line[2:]]


@pytest.mark.usefixtures("desk")
def test_a_workbook_is_not_printed_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence says where it can go."""
    monkeypatch.setattr("etl.commands.query_cli.is_on_screen", lambda: True)
    app = typer.Typer()
    app.command()(query)
    done = CliRunner().invoke(app, ["created", "--format", "xlsx"])
    assert isinstance(done.exception, WorkbookOnScreenError)
    assert done.stdout == ""
