"""The commands say what they did, in words or in JSON, and ask only where somebody can answer."""

import json
import shlex
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from etl.commands.import_cli import import_app, quarantine_app
from etl.commands.import_dialogue import AnswerNeededError, ImportDialogue
from etl.importing.preview import column_uses, word_lines
from etl.importing.profile_file import read_profile
from etl.importing.sources.limits import ImportLimits
from etl.importing.sources.table_file import FileLayout, open_table
from etl.importing.transforms.import_profile import ProfileError
from etl.importing.transforms.profile_guess import guess_profile
from etl.importing.transforms.questions import AnswerError, Question
from tests.integration.conftest import Database
from tests.integration.etl.importing.imported_desk import row, write_csv

HEADER = (
    "Ticket ID",
    "Requester",
    "Customer Type",
    "Subject",
    "Created",
    "Solved",
    "Assignee",
    "Priority",
    "[bold]note",
)


@pytest.fixture
def app(database: Database, monkeypatch: pytest.MonkeyPatch) -> typer.Typer:
    """The commands, on the test's database."""
    monkeypatch.setenv("DATABASE_URL", database.url.render_as_string(hide_password=False))
    app = typer.Typer()
    app.add_typer(import_app, name="import")
    app.add_typer(quarantine_app, name="quarantine")
    return app


def run(app: typer.Typer, *arguments: str, answers: str = "") -> str:
    """Return what a command says on standard output."""
    result = CliRunner().invoke(app, list(arguments), input=answers, catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_a_guessed_import_is_shown_reported_and_idempotent(app: typer.Typer, tmp_path: Path) -> None:
    path = str(write_csv(tmp_path / "tickets.csv", [row("1"), row("2", made="?")], HEADER))
    arguments = ("import", path, "--yes", "--time-zone", "Africa/Gaborone")
    assert "1 new tickets" in run(app, *arguments)
    again = json.loads(run(app, *arguments, "--json").splitlines()[-1])
    assert (again["source"], again["new_count"], again["unchanged_count"]) == ("tickets", 0, 1)
    assert again["quarantined_by_reason"] == {"bad_date": 1}


def test_without_anybody_to_ask_the_option_to_pass_is_named(app: typer.Typer, tmp_path: Path) -> None:
    path = str(write_csv(tmp_path / "tickets.csv", [row("1")], HEADER))
    with pytest.raises(AnswerNeededError, match="--time-zone"):
        run(app, "import", path, "--yes")
    with pytest.raises(AnswerNeededError, match="--yes"):
        run(app, "import", path, "--time-zone", "UTC")
    ambiguous = str(write_csv(tmp_path / "order.csv", [["1", "03/04/2025"]], ("id", "created")))
    with pytest.raises(AnswerNeededError, match="--date-order"):
        run(app, "import", ambiguous, "--yes")
    assert "1 new tickets" in run(app, "import", ambiguous, "--yes", "--date-order", "dmy")
    with pytest.raises(ProfileError, match="--date-order"):
        run(app, "import", ambiguous, "--yes", "--date-order", "dym")


def test_a_question_stops_the_import_with_its_values_and_how_to_answer(app: typer.Typer, tmp_path: Path) -> None:
    rows = [["1", "2025-03-01", "Open", "1"], ["2", "2025-03-01", "In limbo", "2"]]
    path = str(write_csv(tmp_path / "words.csv", rows, ("id", "created", "status", "priority")))
    with pytest.raises(
        AnswerNeededError, match=r"(?s)priority-direction.*In limbo.*--answer 'status:In limbo=new\|open"
    ):
        run(app, "import", path, "--yes")
    answers = ("--answer", "status:In limbo=pending", "--answer", "priority-direction=1-is-urgent")
    mine = tmp_path / "mine.toml"
    assert "2 new tickets" in run(app, "import", path, "--yes", *answers, "--save-profile", str(mine), "--dry-run")
    assert "2 new tickets" in run(app, "import", path, "--profile", str(mine))
    with pytest.raises(AnswerError, match="shoe-size"):
        run(app, "import", path, "--yes", *answers, "--answer", "shoe-size=42")


def test_what_to_fill_in_shows_the_choices_and_one_answer_that_works(app: typer.Typer, tmp_path: Path) -> None:
    rows = [["1", "2025-03-01 10:00", "Open"], ["2", "2025-03-01 11:00", "In limbo"]]
    path = str(write_csv(tmp_path / "words.csv", rows, ("id", "created", "status")))
    with pytest.raises(AnswerNeededError) as caught:
        run(app, "import", path, "--yes")
    fill, example, others = caught.value.hint.splitlines()
    assert fill.startswith("Fill in: --answer 'status:In limbo=new|open|pending|")
    assert fill.endswith(" --time-zone ZONE")
    assert example == "An answer is given like this: --answer 'status:In limbo=new'"
    assert others == "All other words of a column as not known: --answer 'status:*=none'"
    with pytest.raises(AnswerNeededError) as caught:
        run(app, "import", path, "--yes", *shlex.split(example.partition(": ")[2]))
    _, example = caught.value.hint.splitlines()
    assert example == "An answer is given like this: --time-zone Europe/London"


def test_the_preview_says_what_columns_are_used_as_and_what_words_become(tmp_path: Path) -> None:
    header = ("id", "created", "status", "priority", "channel", "Tags", "Tags", "rest")
    rows = [
        ["1", "2025-03-01", "Solved", "Normal", "Web", "a", "b", "x"],
        ["2", "2025-03-01", "Pending", "High", "Pigeon", "a", "", "x"],
        ["3", "2025-03-01", "Awaiting reply", "High", "Email", "a", "", "x"],
    ]
    path = write_csv(tmp_path / "words.csv", rows, header)
    with open_table(path, FileLayout(), ImportLimits()) as table:
        sample = list(table.rows)
        names, repeated = table.header.names, table.header.repeated
        profile = guess_profile(names, [each.cells for each in sample], "desk", repeated).profile
    assert profile is not None
    shown = column_uses(profile, names, sample)
    assert [name for name, _, _ in shown] == list(names)
    assert [use for _, use, _ in shown] == [
        "key",
        "created_at",
        "status",
        "priority",
        "channel",
        "tags",
        "tags",
        "metadata",
    ]
    assert word_lines(profile, names, sample) == [
        "priority: Normal -> medium",
        "status: Solved -> resolved, Awaiting reply -> pending",
        "These words become one status, pending: Pending, Awaiting reply.",
        "channel: Web -> form, Pigeon -> other",
    ]


def test_whoever_declines_a_guess_is_told_how_to_correct_it(
    app: typer.Typer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_csv(tmp_path / "a.csv", [["1", "2025-03-01"]], ("id", "created"))
    monkeypatch.setattr("typer.confirm", lambda *_arguments, **_options: False)
    with open_table(path, FileLayout(), ImportLimits()) as table:
        sample = list(table.rows)
        profile = guess_profile(table.header.names, [each.cells for each in sample], "desk").profile
        assert profile is not None
        dialogue = ImportDialogue(agrees=False, is_interactive=True)
        with dialogue, pytest.raises(AnswerNeededError, match="--dry-run --yes --save-profile FILE"):
            dialogue.confirm(profile, table, sample)
    mine = tmp_path / "mine.toml"
    assert "Nothing was kept" in run(app, "import", str(path), "--dry-run", "--yes", "--save-profile", str(mine))
    assert read_profile(str(mine)).columns == {"created_at": "created"}


def test_on_a_terminal_each_question_is_asked_until_it_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    said = iter(["sideways", "1-IS-LOW"])
    monkeypatch.setattr("typer.prompt", lambda *_arguments, **_options: next(said))
    question = Question("priority-direction", "Which end?", ("1-is-urgent", "1-is-low"))
    with ImportDialogue(agrees=False, is_interactive=True) as dialogue:
        assert dialogue.ask([question]) == {"priority-direction": "1-IS-LOW"}


def test_a_profile_needs_no_questions_and_a_dry_run_keeps_nothing(app: typer.Typer, tmp_path: Path) -> None:
    profile = tmp_path / "mine.toml"
    profile.write_text('external_id = "id"\n[columns]\ncreated_at = "made"\n', encoding="utf-8")
    path = str(write_csv(tmp_path / "a.csv", [["1", "2025-03-01"]], ("id", "made")))
    for _ in range(2):
        said = run(app, "import", path, "--profile", str(profile), "--dry-run")
        assert "1 new tickets" in said
        assert "dry run" in said


def test_the_quarantine_is_listed_and_replayed(app: typer.Typer, tmp_path: Path) -> None:
    profile = tmp_path / "mine.toml"
    text = 'source = "mine"\nexternal_id = "id"\n[columns]\ncreated_at = "made"\n'
    profile.write_text(text, encoding="utf-8")
    path = str(write_csv(tmp_path / "a.csv", [["[red]1", "day 60 of 2025"]], ("id", "made")))
    run(app, "import", path, "--profile", str(profile))
    assert "[red]1" in run(app, "quarantine", "list")
    listed = json.loads(run(app, "quarantine", "list", "--json"))
    assert (listed["waiting"], listed["records"][0]["reasons"][0]["code"]) == (1, "bad_date")
    profile.write_text('formats = ["day %j of %Y"]\n' + text, encoding="utf-8")
    done = json.loads(run(app, "quarantine", "replay", "--profile", str(profile), "--json"))
    assert (done["accepted_count"], done["waiting_count"]) == (1, 0)
    assert "0 of 0" in run(app, "quarantine", "list", "--source", "mine")


def test_the_same_file_under_another_name_is_asked_about(app: typer.Typer, tmp_path: Path) -> None:
    """The error says which import it was, and the options that answer."""
    for name in ("tickets.csv", "other.csv"):
        write_csv(tmp_path / name, [row("1"), row("2")], HEADER)
    arguments = ("--yes", "--time-zone", "UTC")
    run(app, "import", str(tmp_path / "tickets.csv"), *arguments)
    with pytest.raises(AnswerNeededError, match=r"as source 'tickets' \(import 1.*--source tickets.*--again"):
        run(app, "import", str(tmp_path / "other.csv"), *arguments)
    assert "2 new tickets" in run(app, "import", *arguments, "--again", str(tmp_path / "other.csv"))


def test_imports_are_listed_and_taken_back(app: typer.Typer, tmp_path: Path) -> None:
    path = str(write_csv(tmp_path / "[red]a.csv", [row("1"), row("2", made="?")], HEADER))
    run(app, "import", "file", path, "--yes", "--time-zone", "UTC", "--source", "desk")
    assert "[red]a.csv" in run(app, "import", "list")
    (listed,) = json.loads(run(app, "import", "list", "--source", "desk", "--json"))
    assert (listed["id"], listed["row_count"], listed["new_count"], listed["waiting_count"]) == (1, 2, 1, 1)
    with pytest.raises(AnswerNeededError, match="--yes"):
        run(app, "import", "undo", "1")
    said = run(app, "import", "undo", "1", "--yes")
    assert "1 tickets it had made are gone" in said
    assert "1 of its rows are out of quarantine" in said
    assert json.loads(run(app, "import", "list", "--json"))[0]["undone_at"]
    path = str(write_csv(tmp_path / "b.csv", [row("1")], HEADER))
    run(app, "import", path, "--yes", "--time-zone", "UTC")
    assert json.loads(run(app, "import", "undo", "2", "--yes", "--json"))["removed_count"] == 1


def test_another_kind_is_guessed_and_reported(app: typer.Typer, tmp_path: Path) -> None:
    path = str(write_csv(tmp_path / "people.csv", [["Neo", "2024-05-01"]], ("Agent", "Hire Date")))
    assert "1 new records of agents" in run(app, "import", path, "--kind", "agents", "--yes")
    assert json.loads(run(app, "import", "list", "--json"))[0]["kind"] == "agents"
    with pytest.raises(ProfileError, match="customers, agents"):
        run(app, "import", path, "--kind", "agent", "--yes")


def test_the_import_of_people_and_its_undo_count_the_same_records(app: typer.Typer, tmp_path: Path) -> None:
    """One of the two is known from a ticket already."""
    tickets = str(write_csv(tmp_path / "tickets.csv", [row("1")], HEADER))
    run(app, "import", tickets, "--yes", "--time-zone", "UTC")
    people = [["1@example.org", "A", "x"], ["2@example.org", "B", "y"]]
    path = str(write_csv(tmp_path / "people.csv", people, ("Email", "Company", "Shoe size")))
    said = run(app, "import", path, "--kind", "customers", "--yes")
    assert "2 new records of customers" in said
    assert "Not used; they are kept with the rows as received: Shoe size." in said
    assert "2 records of customers it had made are gone" in run(app, "import", "undo", "2", "--yes")


def test_a_column_that_a_kind_needs_is_asked_for_and_answered(app: typer.Typer, tmp_path: Path) -> None:
    path = str(write_csv(tmp_path / "people.csv", [["1@example.org", "A"]], ("wer", "Firma")))
    with pytest.raises(AnswerNeededError) as caught:
        run(app, "import", path, "--kind", "customers", "--yes")
    assert "No column looks like the customer's e-mail address" in caught.value.message
    _, example = caught.value.hint.splitlines()
    answer = shlex.split(example.partition(": ")[2])
    assert answer == ["--answer", "column:customer_email=wer"]
    assert "1 new records of customers" in run(app, "import", path, "--kind", "customers", "--yes", *answer)
