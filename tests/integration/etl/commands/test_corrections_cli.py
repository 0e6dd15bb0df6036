"""What a person says of a ticket by command stays, and is what the classifier learns from."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner

from etl.classification.history import labelled_tickets
from etl.importing.import_file import ImportRequest
from etl.importing.import_records import import_records
from standalone.classifier_cli import app
from tests.integration.etl.classification.classified_desk import ClassifiedDesk
from tests.integration.etl.commands.test_classifier_cli import invoke
from tests.integration.etl.importing.imported_desk import Answers

JOHANNESBURG = ZoneInfo("Africa/Johannesburg")


@pytest.fixture
def desk(classified_desk: ClassifiedDesk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ClassifiedDesk:
    """A desk with two imported tickets of two sources that share the key 7, and one that was not imported."""
    monkeypatch.setenv("DATABASE_URL", classified_desk.admin.url.render_as_string(hide_password=False))
    for source, keys in (("north", (7, 8)), ("south", (7,))):
        path = tmp_path / f"{source}.csv"
        rows = "".join(f"{key},2025-03-01 10:00,{source} asks\n" for key in keys)
        path.write_text(f"Ticket,Created,Subject\n{rows}", encoding="utf-8")
        request = ImportRequest(path, None, source=source)
        import_records(classified_desk.engine, request, JOHANNESBURG, Answers())
    classified_desk.add("The gramophone", content="came")
    return classified_desk


def said(desk: ClassifiedDesk) -> list[tuple[object, ...]]:
    """Return subject, category and who set it of the tickets that a person filed."""
    statement = "select subject, category from support.support_tickets where category_source = 'person' order by id"
    return desk.rows(statement)


def refused(*arguments: str) -> str:
    """Run the command, which fails, and return what it says."""
    done = CliRunner().invoke(app, ["correct", *arguments])
    assert done.exit_code == 1
    return str(done.exception)


def test_tickets_are_filed_by_the_numbers_that_the_portal_shows(desk: ClassifiedDesk) -> None:
    """The key of an import, else the id; a person's word is what the next model learns from."""
    (own,) = desk.rows("select id from support.support_tickets where subject = 'The gramophone'")
    assert invoke("correct", "book_order", "8", str(own[0]), "--json") == {"changed": 2, "confirmed": 0}
    assert said(desk) == [("north asks", "book_order"), ("The gramophone", "book_order")]
    assert "0 changed, 1 confirmed" in invoke("correct", "Book ORDER", "8")
    assert invoke("correct", "none", "8", "--json") == {"changed": 1, "confirmed": 0}
    with desk.engine.connect() as connection:
        tickets = labelled_tickets(connection, 10)
    assert (tickets.labels, tickets.is_corrected) == (("book_order",), (True,))
    assert desk.rows("select action, target from support.audit_log order by id limit 1") == [
        ("correct categories", "2 tickets")
    ]


def test_a_number_that_two_sources_have_is_not_guessed(desk: ClassifiedDesk) -> None:
    """The source says which is meant."""
    assert "More than one ticket has the number '7'" in refused("book_order", "7")
    assert said(desk) == []
    invoke("correct", "book_order", "7", "--source", "south")
    assert said(desk) == [("south asks", "book_order")]


def test_a_file_corrects_all_of_its_tickets_or_none(desk: ClassifiedDesk, tmp_path: Path) -> None:
    """One line that cannot be used leaves every ticket as it was."""
    path = tmp_path / "corrections.csv"
    for rows, complaint in (
        ("8,book_order\n99,book_order\n", "no ticket '99'"),
        ("8,book_order\n8,account_issue\n", "given two categories"),
        ("8,gramophones\n", "No category in use is called 'gramophones'"),
        ("8,\n", "Line 2"),
        ("", "No ticket is named"),
    ):
        path.write_text(f"ticket,category\n{rows}", encoding="utf-8")
        assert complaint in refused("--file", str(path))
        assert said(desk) == []
    path.write_text("number,category\n8,book_order\n", encoding="utf-8")
    assert "no column 'ticket'" in refused("--file", str(path))
    assert "cannot be read" in refused("--file", str(tmp_path / "nowhere.csv"))
    path.write_text("category,ticket,note\naccount_issue,8,a\naccount_issue,8,b\n", encoding="utf-8")
    assert invoke("correct", "--file", str(path), "--json") == {"changed": 1, "confirmed": 0}
    assert said(desk) == [("north asks", "account_issue")]
