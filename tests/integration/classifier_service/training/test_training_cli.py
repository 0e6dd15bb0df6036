"""The commands as somebody types them: from a file to a model that serves, and back."""

import csv
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from standalone import cli
from tests.factories.labelled_texts import labelled_texts

Files = dict[str, Path]


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data directory whose name has a space in it."""
    return tmp_path / "my data"


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """A file to train on, a better one, one to measure on, with texts of no category, and a small sound one."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    written = {}
    for number, (name, count) in enumerate({"poor": 60, "good": 1_200, "test": 200, "few": 400}.items()):
        texts, labels = labelled_texts(count, seed=number)
        rows = [
            {
                "subject": text,
                "body": "",
                "category": label,
                "at": (start + timedelta(days=number, seconds=place)).isoformat(),
            }
            for place, (text, label) in enumerate(zip(texts, labels, strict=True))
        ]
        if name == "poor":
            # A third of the labels is wrong, so that there is something to be better than.
            for row, other in zip(rows[::3], rows[1::3], strict=False):
                row["category"] = other["category"]
        if name == "test":
            rows += [{"subject": f"qwx {place} zzv", "body": "", "category": "none", "at": ""} for place in range(20)]
        written[name] = tmp_path / f"{name} tickets.csv"
        with written[name].open("w", newline="") as file:
            writer = csv.DictWriter(file, ["subject", "body", "category", "at"])
            writer.writeheader()
            writer.writerows(rows)
    return written


@dataclass(frozen=True, slots=True)
class Typed:
    """The classifier's commands, in this process: to start Python takes as long as to learn from these files."""

    capsys: pytest.CaptureFixture[str]

    def said(self, *arguments: str) -> str:
        """Return what a command prints that has to succeed."""
        self.capsys.readouterr()
        code = cli.main(["classifier", *arguments])
        told = self.capsys.readouterr()
        assert code == 0, told.err
        return told.out

    def answer(self, *arguments: str) -> Any:
        """Return the JSON that a command prints."""
        return json.loads(self.said(*arguments, "--json"))


@pytest.fixture
def typed(data_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    """Somebody who types, with a data directory of their own."""
    for name in ("CLASSIFIER_REGISTRY_URL", "CLASSIFIER_SIGNING_KEY", "CLASSIFIER_SIGNING_KEY_FILE"):
        # The command sets those that are missing; what was set for a test goes with it.
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setenv("SUPPORT_DATA_DIR", str(data_dir))
    return Typed(capsys)


TEXTS = ("--text", "subject", "--text", "body")


def test_from_a_file_to_a_model_that_serves_and_back(typed: Typed, files: Files) -> None:
    """The first model serves; a better one replaces it with the reason said; a rollback brings the first back."""
    first = typed.answer("train", "--data", str(files["poor"]), *TEXTS, "--date", "at")
    assert first["outcome"]["is_promoted"]
    second = typed.answer("train", "--data", str(files["good"]), *TEXTS, "--date", "at")
    assert second["outcome"]["is_promoted"], second["outcome"]["reason"]
    assert second["outcome"]["comparison"]["together"]["p_value"] < 0.05
    listed = typed.answer("list")
    assert listed["champion"] == second["outcome"]["version"]
    assert [card["version"] for card in listed["models"]] == [first["outcome"]["version"], second["outcome"]["version"]]
    assert typed.said("rollback").strip() == f"{first['outcome']['version']} serves again."
    assert typed.said("promote", second["outcome"]["version"])
    assert "* " + second["outcome"]["version"] in typed.said("list")


def test_the_same_file_again_keeps_the_champion(typed: Typed, files: Files) -> None:
    """It has learnt from all of it, so nothing could be concluded; the new one can be promoted by hand."""
    arguments = ("train", "--data", str(files["few"]), *TEXTS)
    first, again = typed.answer(*arguments), typed.answer(*arguments)
    assert not again["outcome"]["is_promoted"]
    assert "only 0 tickets are new to it" in again["outcome"]["reason"]
    assert again["card"]["data_hash"] == first["card"]["data_hash"]
    assert again["card"]["metrics"]["accuracy"] == first["card"]["metrics"]["accuracy"]


@pytest.mark.parametrize("flavour", ["fast", "accurate"])
def test_a_file_is_measured_by_one_command(typed: Typed, files: Files, flavour: str) -> None:
    """Trained on one file, measured on another, nothing published; texts of no category are told apart."""
    report = typed.answer(
        "evaluate", "--train", str(files["few"]), "--data", str(files["test"]), *TEXTS,
        "--flavour", flavour, "--out-of-scope", "none",
    )  # fmt: skip
    assert (report["tickets"], report["out_of_scope_tickets"], report["version"]) == (200, 20, None)
    assert report["evaluation"]["metrics"]["accuracy"] > 0.9
    assert report["out_of_scope_recall_at_95_coverage"] > 0.5
    assert (report["encoder_share"] > 0) == (flavour == "accurate")
    assert typed.answer("list") == {"champion": None, "models": []}


def test_a_published_model_is_measured_on_a_file(typed: Typed, files: Files) -> None:
    """That which serves, or a named one; an `accurate` model comes back from the registry with its encoder."""
    arguments = ("train", "--data", str(files["few"]), *TEXTS, "--flavour", "accurate")
    version = typed.answer(*arguments)["outcome"]["version"]
    assert version in typed.said("evaluate", "--data", str(files["test"]), *TEXTS, "--out-of-scope", "none")
    report = typed.answer("evaluate", "--data", str(files["few"]), *TEXTS, "--model", version)
    assert report["already_learnt"] == report["tickets"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("train", "--data", "none.csv"), "none.csv"),
        (("train", "--data", "{poor}"), "no column 'text'"),
        (("train", "--data", "{poor}", "--text", "subject", "--flavour", "quantum"), "quantum"),
        (("evaluate", "--data", "{poor}", "--text", "subject"), "No model serves yet"),
        (("promote", "../x"), "letters"),
        (("promote", "none"), "no model none"),
        (("rollback",), "nothing to go back to"),
    ],
)
def test_what_cannot_be_done_is_one_clear_sentence(
    typed: Typed, files: Files, arguments: tuple[str, ...], words: str
) -> None:
    """Exit code 1, no stack, no text of a ticket."""
    named = {name: str(path) for name, path in files.items()}
    assert cli.main(["classifier", *(argument.format(**named) for argument in arguments)]) == 1
    told = typed.capsys.readouterr().err
    assert words in told
    assert "Traceback" not in told
