"""Every command of the README and the docs can be typed as it stands."""

import csv
import functools
import gzip
import io
import json
import re
import subprocess
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest
import sqlalchemy as sa
import typer
from openpyxl import Workbook

from benchmarks.__main__ import summaries
from etl.commands.import_dialogue import ImportDialogue
from etl.importing.transforms.questions import Question
from standalone import cli
from tests.integration.conftest import Database, DeskTemplates
from tests.integration.docs.doc_commands import (
    CHECKOUT,
    PAGES,
    Call,
    blocks,
    calls,
    check_arguments,
    inline_calls,
    statements,
)

# What is not run here, and why; the first that is found in a statement counts. Its options are checked all the same.
NOT_RUN: Final = {
    r"docker ": "needs a container engine; ./run containers-check tries it",
    r"kubectl |kustomize ": "needs a cluster",
    r"git (clone|pull)": "needs a network",
    r"apt-get|useradd|chown |/etc/classifier": "changes the system",
    r"openssl ": "another program",
    r"psql -c": "another program",
    r"\bbuf\b": "needs the running classifier",
    r"^cat secrets/|^mkdir |^make |^cd ": "another program",
    r"run import - ": "reads a pipe; tests/integration/etl/commands/test_piped_import.py runs it",
    r"--format xlsx": "writes a workbook; tests/integration/etl/commands/test_query_cli.py runs it",
    r"run (demo|up|portal|classifier serve)\b": "runs until it is stopped",
    r"run (test|check|bench|extra|containers-check|docs)\b": "develops the product, installs or measures",
    r"s3://": "needs an object store",
    r"db recover": "needs an archive; tests/integration/standalone/test_archive_cli.py runs it",
    r"restore --replace +#": "the newest backup of the page is encrypted; the next command restores it",
    r"DROP DATABASE": "names the database of one restore",
    r"classifier (train|evaluate|rollback)|retrain_classifier": "learns; test_training_cli.py runs it",
    r"etl run classify_tickets": "needs the running classifier",
}
DEVELOPMENT: Final = frozenset(re.findall(r"^        ([a-z0-9-]+)\)$", (CHECKOUT / "run").read_text(), re.MULTILINE))
HEADER: Final = (
    *("Ticket ID", "E-mail", "Created At", "Solved At", "First Reply At", "Status", "Priority", "Channel", "Assignee"),
    *("Team", "Subject", "Description", "Category", "Organisation", "Tags", "Rating", "Region", "Copies"),
)


def _ticket(key: str, day: int, *, status: str = "Solved", priority: str = "1") -> list[str]:
    made, solved = (f"2026-0{1 + day % 6}-{1 + day % 20:02} {hour}:00" for hour in ("08", "15"))
    done = [solved, f"{solved[:11]}09:00"] if status == "Solved" else ["", ""]
    asked = [f"customer{day % 5}@example.org", made, *done, status, priority, ("email", "chat")[day % 2], "Thabo"]
    said = ["Books", f"Question {key}", "Where is my book?", "book_order", ("Hill School", "North Library")[day % 2]]
    return [key, *asked, *said, "urgent, school", "4" if status == "Solved" else "", ("North", "South")[day % 2], "2"]


ZONE: Final = "Africa/Gaborone"
KEYS: Final = ("1203", "1204", "1377", "HD-0077", *map(str, range(2000, 2030)))
TICKETS: Final = [
    *(_ticket(key, place, priority=str(1 + place % 4)) for place, key in enumerate(KEYS)),
    _ticket("3000", 7, status="In limbo", priority="2"),
]


def table(rows: Sequence[Sequence[str]], header: Sequence[str] = HEADER) -> str:
    """Return rows as the text of a CSV file."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([header, *rows])
    return text.getvalue()


def write_files(folder: Path) -> None:
    """Write the files that pages name; each stands for somebody's own."""
    made = {
        "tickets.csv": table(TICKETS),
        "my.toml": (CHECKOUT / "standalone" / "bookshop" / "effects.toml").read_text(encoding="utf-8"),
        "corrections.csv": table([["1203", "book_order"]], ["ticket", "category"]),
        "customers.csv": table([["customer1@example.org", "Ann", "school"]], ["E-mail", "Name", "Segment"]),
        "agents.csv": table([["Thabo", "Books", "2024-04-03"]], ["Agent", "Team", "Hire Date"]),
        "comments.csv": table(
            [["1203", "2026-01-02 08:10", "agent", "Thabo", "We look"]], ["Ticket ID", "Time", "From", "Author", "Text"]
        ),
        "history.csv": table([["1203", "pending", "2026-01-02 09:10"]], ["Ticket ID", "Status", "Changed At"]),
        "surveys.csv": table([["1203", "5", "2026-01-03 09:10"]], ["Ticket ID", "Rating", "Rated At"]),
        "daily.csv": "unique_id,ds,y\n" + "".join(f"calls,2026-03-{day:02},{day % 7}\n" for day in range(1, 20)),
    }
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "tickets.csv.gz").write_bytes(gzip.compress(table(TICKETS[:5]).encode()))
    with zipfile.ZipFile(folder / "export.zip", "w") as packed:
        packed.writestr("tickets.csv", table(TICKETS[:7]))
    rows = [dict(zip(HEADER, row, strict=True)) for row in TICKETS[:6]]
    (folder / "export.json.gz").write_bytes(gzip.compress(json.dumps({"tickets": rows}).encode()))
    book = Workbook()
    for sheet, count in ((book.active, 8), (book.create_sheet("February"), 9)):
        for row in [HEADER, *TICKETS[:count]]:
            sheet.append(list(row))  # type: ignore[union-attr]  # a new workbook has a sheet
    book.save(folder / "tickets.xlsx")


def _fill(_engine: sa.Engine) -> None:
    return None


@contextmanager
def desk_of(templates: DeskTemplates, page: Path, folder: Path, data_dir: Path) -> Iterator[Database]:
    """Yield a desk at which this process works, with the files of the pages, and tickets unless a page wants none."""
    with templates.clone(_fill) as database, pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("HOME", str(folder))
        patch.setenv("DATABASE_URL", database.url.render_as_string(hide_password=False))
        patch.setenv("SUPPORT_DATA_DIR", str(data_dir))
        for name in ("CLASSIFIER_REGISTRY_URL", "CLASSIFIER_SIGNING_KEY_FILE"):
            patch.setenv(name, "")
            patch.delenv(name)
        write_files(folder)
        if page.name != "bookshop.md":
            first = folder / "first.csv"
            first.write_text(table(TICKETS[:20]), encoding="utf-8")
            filled = ["import", str(first), "--yes", "--time-zone", "UTC", "--answer", "priority-direction=1-is-urgent"]
            assert cli.main(filled) == 0
            assert cli.main(["etl", "run", "refresh_marts"]) == 0
        yield database


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with a first model, which knows keywords only."""
    directory = tmp_path_factory.mktemp("data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SUPPORT_DATA_DIR", str(directory))
        for name in ("CLASSIFIER_REGISTRY_URL", "CLASSIFIER_SIGNING_KEY_FILE"):
            patch.setenv(name, "")
            patch.delenv(name)
        assert cli.main(["classifier", "first-model", "--blank"]) == 0
    return directory


@pytest.fixture(autouse=True)
def _somebody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody sits at the terminal: agrees to everything, and takes what is offered first."""

    def answer(_dialogue: ImportDialogue, question: Question) -> str:
        return ZONE if question.name == "time-zone" else question.default or question.choices[0]

    monkeypatch.setattr(ImportDialogue, "_can_ask", True, raising=False)
    monkeypatch.setattr(ImportDialogue, "_answer", answer)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr(typer, "confirm", lambda *_arguments, **_options: True)


def reason_not_to_run(statement: str) -> str:
    """Return why a statement is not run here; "" if it is."""
    return next((reason for pattern, reason in NOT_RUN.items() if re.search(pattern, statement)), "")


@functools.cache
def benchmarks() -> frozenset[str]:
    """Return the names of all benchmarks."""
    return frozenset(summaries())


def check(call: Call, *, may_be_short: bool = False) -> None:
    """Check that a command and its options exist."""
    if call.arguments[0] == "bench":
        names = [word for word in call.arguments[1:] if word in benchmarks()]
        assert names or all(word.startswith("--") for word in call.arguments[1:]), call
    elif call.arguments[0] not in DEVELOPMENT:
        check_arguments(call.arguments, may_be_short=may_be_short)


PLACES: Final = (("/mnt/other-disk", "other-disk"), ("~/", ""), ("/etc/classifier/", ""))


def run(call: Call, said: Mapping[str, str], capsys: pytest.CaptureFixture[str]) -> str:
    """Run a call as it is written, but for places outside of the test's folder and sizes of made-up desks."""

    def here(word: str) -> str:
        for away, near in PLACES:
            word = word.replace(away, str(Path(near).absolute()) + ("/" if away.endswith("/") else ""))
        return said.get(word, word)

    arguments = [here(word) for word in call.arguments]
    if "--tickets" in arguments:
        arguments[arguments.index("--tickets") + 1] = "50"
    with pytest.MonkeyPatch.context() as patch:
        for name, value in call.variables.items():
            patch.setenv(name, here(value))
        capsys.readouterr()
        code = cli.main(arguments)
        out, err = capsys.readouterr()
    assert code == 0, (call, out, err)
    if call.output:
        Path(here(call.output)).parent.mkdir(parents=True, exist_ok=True)
        Path(here(call.output)).write_text(out, encoding="utf-8")
    return out


def is_page_with_commands(page: Path) -> bool:
    """Say whether anything of a page is run."""
    found = [each for block in blocks(page) for each in statements(block)]
    return any(calls(each) and not reason_not_to_run(each) for each in found)


@pytest.mark.parametrize("page", [page for page in PAGES if is_page_with_commands(page)], ids=lambda page: page.name)
def test_the_commands_of_a_page_run_in_their_order(
    desk_templates: DeskTemplates, page: Path, tmp_path: Path, data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """At one desk, with the files that the page names, by somebody who agrees to what is asked."""
    said: dict[str, str] = {}
    with desk_of(desk_templates, page, tmp_path, data_dir):
        for statement in (each for block in blocks(page) for each in statements(block)):
            if reason_not_to_run(statement):
                continue
            for call in calls(statement):
                out = run(call, said, capsys)
                if "backup-key" in call.arguments:
                    said["age1..."] = out.strip()


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page)], ids=lambda page: page.name)
def test_what_is_not_run_is_written_rightly(page: Path) -> None:
    """Bash can read each block, and each command of the product exists with its options, also within sentences."""
    for block in blocks(page):
        text = "\n".join(statements(block)).replace("<this repository>", "ADDRESS")
        done = subprocess.run(["bash", "-n"], input=text, text=True, capture_output=True, check=False)  # noqa: S607
        assert done.returncode == 0, (block, done.stderr)
        for statement in statements(block):
            assert calls(statement) or reason_not_to_run(statement), f"not known how to run: {statement}"
            for call in calls(statement) if reason_not_to_run(statement) else ():
                check(call)
    for call in inline_calls(page):
        if not any(word.isupper() for word in call.arguments):
            check(call, may_be_short=True)


def test_no_reason_is_left_over() -> None:
    """What is not in the docs any more needs no reason."""
    found = [each for page in PAGES for block in blocks(page) for each in statements(block)]
    assert [pattern for pattern in NOT_RUN if not any(re.search(pattern, each) for each in found)] == []


def test_commands_are_written_as_they_are_typed() -> None:
    """From a checkout that is `./run`, in blocks and in sentences alike."""
    commands = "|".join(command.name for command in cli.COMMANDS)
    written = re.compile(rf"support-analytics ({commands})\b")
    assert [str(page) for page in PAGES if written.search(page.read_text(encoding="utf-8"))] == []
