"""`support-analytics bookshop`."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from standalone.bookshop_cli import NowhereToWriteError, bookshop

app = typer.Typer()
app.command()(bookshop)


def test_files_are_written_and_counted(tmp_path: Path) -> None:
    """With --out the tables are files, and --json says what is in them."""
    arguments = ["--tickets", "40", "--seed", "3", "--until", "2026-07-01", "--out", str(tmp_path), "--json"]
    result = CliRunner().invoke(app, arguments, catch_exceptions=False)
    told = json.loads(result.stdout)
    assert (told["tickets"], told["seed"], told["until"]) == (40, 3, "2026-07-01")
    assert told["rows"]["support_tickets"] == 40
    assert (tmp_path / "support_tickets.csv").exists()


def test_the_same_arguments_write_the_same_files(tmp_path: Path) -> None:
    """Running it again gives the same bytes."""
    for name in ("first", "second"):
        arguments = ["--tickets", "40", "--until", "2026-07-01", "--out", str(tmp_path / name)]
        CliRunner().invoke(app, arguments, catch_exceptions=False)
    for path in (tmp_path / "first").iterdir():
        assert path.read_bytes() == (tmp_path / "second" / path.name).read_bytes()


@pytest.mark.parametrize("arguments", [[], ["--load", "--out", "there"]])
def test_it_asks_where_to_write(arguments: list[str]) -> None:
    """Files or the database: exactly one of the two."""
    with pytest.raises(NowhereToWriteError):
        CliRunner().invoke(app, ["--tickets", "5", *arguments], catch_exceptions=False)
