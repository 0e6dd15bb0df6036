"""Tokens: how they are made, kept and compared."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import SettingsError
from classifier_service.errors import UnknownCallerError
from classifier_service.serving.callers import Callers, new_token, token_line


def callers_of(tmp_path: Path, text: str) -> Callers:
    """Return the callers of a file's text."""
    path = tmp_path / "tokens"
    path.write_text(text, encoding="utf-8")
    return Callers.from_file(path)


def test_a_caller_is_found_by_its_token(tmp_path: Path) -> None:
    """Whatever the case of the scheme, among several callers."""
    tokens = {name: new_token() for name in ("billing", "desk", "shop-2")}
    callers = callers_of(tmp_path, "\n".join(token_line(name, token) for name, token in tokens.items()))
    for name, token in tokens.items():
        assert callers.caller_of([("user-agent", "x"), ("authorization", f"Bearer {token}")]) == name
        assert callers.caller_of([("authorization", f"bearer {token}")]) == name


def test_the_file_holds_no_token() -> None:
    """Who reads it cannot call."""
    token = new_token()
    assert len(token) == 43
    assert token not in token_line("desk", token)


@given(header=st.one_of(st.text(), st.binary()))
def test_no_other_header_gets_in(header: str | bytes) -> None:
    """Whatever it is, it is refused by name and nothing else happens."""
    callers = Callers({"desk": bytes(32)})
    with pytest.raises(UnknownCallerError):
        callers.caller_of([("authorization", header)])


def test_no_header_is_refused() -> None:
    """With what to send."""
    with pytest.raises(UnknownCallerError, match="authorization: Bearer"):
        Callers({}).caller_of([])


@pytest.mark.parametrize("line", ["desk", "desk:abc", ":" + "a" * 64, "de sk:" + "a" * 64, "desk:" + "A" * 64])
def test_a_line_of_another_form_is_refused_by_its_number(tmp_path: Path, line: str) -> None:
    """The message does not repeat the line."""
    with pytest.raises(SettingsError, match="Line 2 ") as caught:
        callers_of(tmp_path, f"# comment\n{line}\n")
    assert line not in caught.value.message


def test_a_file_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    """Nobody is let in by mistake."""
    with pytest.raises(SettingsError, match="cannot be read"):
        Callers.from_file(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["", "a b", "a:b", "é", "a" * 101])
def test_a_name_that_does_not_fit_the_file_is_refused(name: str) -> None:
    """Names are for logs and metrics."""
    with pytest.raises(SettingsError):
        token_line(name, new_token())
