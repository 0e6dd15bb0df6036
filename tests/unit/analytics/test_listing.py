"""No name of a list is cut, whatever the terminal."""

import pytest
from rich.text import Text

from analytics.listing import Listing

NAME = "20260701T060000Z-fast-1f9a3c-and-longer-than-a-narrow-terminal-is-wide"
WORDS = "what it does, in rather more words than fit into one line of a terminal"


def shown(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *, width: int | None) -> list[str]:
    """Return the lines of a list on a terminal of a width; None is a pipe."""
    monkeypatch.setenv("COLUMNS", str(width or 40))
    monkeypatch.setenv("TTY_COMPATIBLE", "0" if width is None else "1")
    monkeypatch.setenv("NO_COLOR", "1")
    listing = Listing("name", "words", "more", names={"name"})
    listing.add(NAME, WORDS, "[b]x[/b]")
    listing.add("b", Text("one\ntwo"), "")
    listing.show()
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize("width", [20, 40, 80, 100, 200, None])
def test_a_name_is_whole_and_on_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], width: int | None
) -> None:
    """And nothing else is lost."""
    lines = shown(monkeypatch, capsys, width=width)
    assert sum(NAME in line for line in lines) == 1
    text = " ".join(word for line in lines for word in line.replace("│", " ").split())
    assert all(word in text for word in WORDS.split())
    assert "[b]x[/b]" in text


def test_a_narrow_terminal_gets_a_line_for_each_value(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With its header, and none for what is empty."""
    lines = shown(monkeypatch, capsys, width=40)
    assert lines[0] == f"name: {NAME}"
    assert [line.strip() for line in lines[-5:]] == ["", "name: b", "words: one", "two", ""]


def test_a_wide_terminal_and_a_pipe_get_a_table(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a pipe each row is on one line, whatever COLUMNS says, so that `grep` and `cut` find it whole."""
    assert all(NAME not in line or WORDS not in line for line in shown(monkeypatch, capsys, width=100))
    assert any(NAME in line and WORDS in line for line in shown(monkeypatch, capsys, width=None))
