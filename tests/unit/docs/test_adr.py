"""The records of decisions are dated, listed once each, and found by everything that names one."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[3]
DIRECTORY = CHECKOUT / "docs" / "adr"
INDEX = DIRECTORY / "README.md"
FILES = sorted(path for path in DIRECTORY.glob("*.md") if path != INDEX)
NUMBERS = {path.name[:4] for path in FILES}
# What is installed or made while working; the rest of the checkout is written by people.
NOT_OURS = {"node_modules", "__pycache__", "build", "dist"}
TEXTS = {".css", ".html", ".js", ".md", ".py", ".sql", ".toml", ".txt", ".yaml", ".yml"}

HEAD = re.compile(r"# (?P<number>\d+)\. (?P<title>.+)\n\nDate: (?P<date>\S+)\. Status: (?P<status>.+)\.\n\n")
STATUS = re.compile(r"accepted|superseded by \[(?P<number>\d+)\]\((?P<file>[\w-]+\.md)\)")
ROW = re.compile(
    r"^\| (?P<number>\d+) \| \[(?P<title>.+)\]\((?P<file>\S+)\)"
    r" \| (?P<date>\S+) \| (?P<status>[^|]+) \| (?P<says>[^|]+) \|$",
    re.MULTILINE,
)
NAMED = re.compile(r"\badr/(?P<number>\d{4})(?P<rest>[\w-]*\.md)?")
LINK = re.compile(r"\]\((?P<target>\d{4}-[\w-]+\.md)\)")


@dataclass(frozen=True, slots=True)
class Line:
    """What is said of a record at its head and, in the same words, in the index."""

    file: str
    number: int
    title: str
    date: str
    status: str


def line_of(found: re.Match[str], file: str) -> Line:
    """Return what a head or a row of the index says."""
    return Line(file, int(found["number"]), found["title"], found["date"], found["status"])


def head(path: Path) -> Line:
    """Return the head of a record."""
    found = HEAD.match(path.read_text(encoding="utf-8"))
    assert found is not None, f"{path.name} does not begin with a title, a date and a status"
    return line_of(found, path.name)


def texts() -> Iterator[Path]:
    """Yield every text file of the checkout that people write."""
    for folder, below, names in os.walk(CHECKOUT):
        below[:] = [name for name in below if name not in NOT_OURS and not name.startswith(".")]
        yield from (Path(folder) / name for name in names if Path(name).suffix in TEXTS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_record_has_its_number_a_date_and_a_status(path: Path) -> None:
    """The title bears the number of the file, the date is one, and the status is one of two."""
    said = head(path)
    assert said.number == int(path.name[:4])
    assert date.fromisoformat(said.date).isoformat() == said.date
    assert STATUS.fullmatch(said.status)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_superseded_record_leads_to_a_later_one(path: Path) -> None:
    """What took its place exists, has a higher number, and is accepted."""
    status = STATUS.fullmatch(head(path).status)
    assert status is not None
    if status["file"] is not None:
        later = head(DIRECTORY / status["file"])
        assert later.number == int(status["number"]) > int(path.name[:4])
        assert later.status == "accepted"


def test_no_number_is_used_twice() -> None:
    """A number names one record."""
    assert len(NUMBERS) == len(FILES)


def test_the_index_lists_each_record_once_as_it_stands() -> None:
    """Each record has one row, in the order of numbers, with the same title, date and status, and a sentence."""
    rows = list(ROW.finditer(INDEX.read_text(encoding="utf-8")))
    assert [line_of(row, row["file"]) for row in rows] == [head(path) for path in FILES]
    assert all(row["says"].endswith(".") for row in rows)


def test_whoever_names_a_record_names_one_that_exists() -> None:
    """In documents, comments and settings alike, and in links from one record to another."""
    gone = []
    for path in texts():
        text = path.read_text(encoding="utf-8")
        files = [f"{found['number']}{found['rest']}" for found in NAMED.finditer(text) if found["rest"]]
        numbers = [found["number"] for found in NAMED.finditer(text)]
        if path.parent == DIRECTORY:
            files += LINK.findall(text)
        missing = [name for name in files if not (DIRECTORY / name).exists()]
        missing += [number for number in numbers if number not in NUMBERS]
        gone += [f"{path.relative_to(CHECKOUT)}: {name}" for name in missing]
    assert gone == []
