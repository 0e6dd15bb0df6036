"""`query` says what is not known, and `dimension` declares what else tickets are told apart by."""

import json
from datetime import timedelta

import pytest
import typer
from typer.testing import CliRunner

from etl.commands.dimension_cli import app as dimension_app
from etl.commands.query_cli import query
from etl.marts.refresh import refresh_marts
from tests.factories.desk import add_ticket, instant
from tests.integration.conftest import Database
from warehouse.custom_dimensions import DimensionError


@pytest.fixture
def silent(database: Database, monkeypatch: pytest.MonkeyPatch) -> typer.Typer:
    """`query` and `dimension`, on a desk whose only source gives tickets alone."""
    monkeypatch.setenv("DATABASE_URL", database.url.render_as_string(hide_password=False))
    with database.engine.begin() as connection:
        at = instant("2026-02-02 09:00")
        for region in ("North", "South", "North"):
            solved = {"status": "resolved", "resolved_at": at + timedelta(hours=2), "metadata": {"Region": region}}
            add_ticket(connection, at, organisation=f"{region} Library", **solved)
        refresh_marts(connection, "UTC")
    app = typer.Typer()
    app.command("query")(query)
    app.add_typer(dimension_app, name="dimension")
    app.command("refresh")(lambda: _refresh(database))
    return app


def _refresh(database: Database) -> None:
    with database.engine.begin() as connection:
        refresh_marts(connection, "UTC")


def said(app: typer.Typer, *arguments: str) -> str:
    """Return what a command says on standard output."""
    result = CliRunner().invoke(app, list(arguments), catch_exceptions=False, env={"COLUMNS": "200"})
    assert result.exit_code == 0
    return result.stdout


def test_what_is_not_known_is_said_in_every_form(silent: typer.Typer) -> None:
    """Never 0: a manager would read that nothing was ever reopened."""
    table = said(silent, "query", "reopen_rate")
    assert "Not known from this source." in table
    assert "Left out: 3 not known from this source: of these it gives neither a status history" in table
    answer = json.loads(said(silent, "query", "reopen_rate", "--format", "json"))
    assert answer["note"] == "not known from this source"
    assert answer["rows"] == [{"value": None, "n": 0}]
    assert answer["left_out"][0]["n"] == 3
    assert said(silent, "query", "reopen_rate", "--format", "csv") == "value,n,note\n,0,not known from this source\n"
    assert said(silent, "query", "created", "--format", "csv") == "value,n\n3,3\n"


def test_a_declared_dimension_is_asked_for_after_a_refresh(silent: typer.Typer) -> None:
    assert "No dimension is declared" in said(silent, "dimension", "list")
    assert "--by region" in said(silent, "dimension", "add", "Region")
    assert "after the next refresh" in said(silent, "dimension", "list")
    said(silent, "refresh")
    assert "ready" in said(silent, "dimension", "list")
    assert (
        said(silent, "query", "created", "--by", "region", "--format", "csv")
        == "region,value,n\nNorth,2,2\nSouth,1,1\n"
    )
    top = said(silent, "query", "created", "--by", "organisation", "--top", "1")
    assert "North Library" in top
    assert "Left out: 1 in 1 further row." in top
    assert "no dimension any more" in said(silent, "dimension", "remove", "region")
    assert "No dimension is declared" in said(silent, "dimension", "list")


def test_tags_are_a_list_unless_another_type_is_asked_for(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database.url.render_as_string(hide_password=False))
    with database.engine.begin() as connection:
        add_ticket(connection, instant("2026-02-02 09:00"), tags=["a", "b"])
    app = typer.Typer()
    app.add_typer(dimension_app, name="dimension")
    assert isinstance(CliRunner().invoke(app, ["dimension", "add", "tags", "--type", "text"]).exception, DimensionError)
    assert "tags is a dimension now" in said(app, "dimension", "add", "tags")
