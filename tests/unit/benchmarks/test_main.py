"""The command that runs benchmarks."""

import json

import pytest

from benchmarks import __main__ as command
from benchmarks.__main__ import Result


def test_every_benchmark_says_what_it_measures() -> None:
    """The list has every module with a `main`, each with a sentence; what they share is not in it."""
    known = command.summaries()
    assert "bookshop_generation" in known
    assert "desk" not in known
    assert all(known.values())


def test_an_unknown_name_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """A name that does not exist runs nothing and shows what there is."""
    assert command.main(["no_such_benchmark"]) == 2
    assert "bookshop_generation" in capsys.readouterr().out


def test_options_go_to_the_benchmark(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Names come first; all options after them are passed on, and failures are the exit code."""
    asked = []

    def run(name: str, options: list[str], *, is_quiet: bool) -> Result:
        asked.append((name, options, is_quiet))
        return Result(name, 3, 0.1, ("a line",))

    monkeypatch.setattr(command, "run_benchmark", run)
    assert command.main(["bookshop_generation", "--json", "--tickets", "10"]) == 1
    assert asked == [("bookshop_generation", ["--tickets", "10"], True)]
    assert json.loads(capsys.readouterr().out)[0]["lines"] == ["a line"]
