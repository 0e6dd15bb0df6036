"""Whatever a person names as a file is read, or refused in a sentence; nothing waits or is read without end."""

import contextlib
import os
import socket
import sys
import threading
from pathlib import Path

import pytest

from storage import given_file
from storage.given_file import GivenFileError, GivenFileTooLargeError, read_given, read_given_text, shown

_NOBODY = 65_534


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_bytes(b"\xef\xbb\xbfcaf\xc3\xa9\n")
    assert read_given_text(path) == "café\n"


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda _path: None, "no such file or directory"),
        (Path.mkdir, "it is a directory"),
        (lambda path: path.symlink_to("/dev/zero"), "it is a device"),
        (lambda path: path.symlink_to(path), "too many levels of symbolic links"),
        (lambda path: path.write_bytes(b"caf\xe9"), "it is not UTF-8"),
        (lambda path: path.write_bytes("café".encode("utf-16")), "it is UTF-16, not UTF-8"),
        (lambda path: path.write_bytes(bytes(1001)), "it is larger than 1000 bytes"),
    ],
)
def test_what_is_no_such_file_is_said(tmp_path: Path, make: object, reason: str) -> None:
    assert callable(make)
    make(tmp_path / "f")
    with pytest.raises(GivenFileError) as refused:
        read_given_text(tmp_path / "f", 1000)
    assert str(refused.value).startswith(f"The file f cannot be read: {reason}.")


def test_a_socket_is_said_to_be_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s")
        with pytest.raises(GivenFileError, match="it is a socket"):
            read_given(Path("s"))


def test_a_name_with_a_nul_is_no_name() -> None:
    with pytest.raises(GivenFileError, match="the name cannot be one of a file"):
        read_given(Path("a\0b"))


def test_a_file_that_may_not_be_read_is_said_to_be_so(tmp_path: Path) -> None:
    """Nobody's account is taken where the tests run as root, who may read everything."""
    path = tmp_path / "secret"
    path.write_text("x", encoding="ascii")
    path.chmod(0)
    for folder in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
        with contextlib.suppress(PermissionError):
            folder.chmod(0o755)
    before = os.geteuid()
    if before == 0:
        os.seteuid(_NOBODY)
    try:
        with pytest.raises(GivenFileError, match="permission denied"):
            read_given(path)
    finally:
        os.seteuid(before)


def test_a_pipe_that_nobody_writes_to_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(given_file, "PATIENCE_SECONDS", 0.1)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(GivenFileError, match="it is a pipe that nobody writes to"):
        read_given(tmp_path / "pipe")


def _write_slowly(path: Path, pieces: list[bytes]) -> None:
    """Write to a pipe; between pieces the reader finds nothing there for a moment."""

    def write() -> None:
        with contextlib.suppress(BrokenPipeError), path.open("wb", buffering=0) as pipe:
            for piece in pieces:
                threading.Event().wait(0.05)
                pipe.write(piece)

    threading.Thread(target=write, daemon=True).start()


def test_a_pipe_is_read_to_its_end(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    _write_slowly(tmp_path / "pipe", [b"first ", b"second"])
    assert read_given(tmp_path / "pipe") == b"first second"


def test_a_pipe_without_end_is_left(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    _write_slowly(tmp_path / "pipe", [bytes(60_000)] * 100)
    with pytest.raises(GivenFileTooLargeError, match="it is larger than 100000 bytes"):
        read_given(tmp_path / "pipe", 100_000)


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "log"
    path.write_bytes(bytes(10))
    real = given_file.open_given

    def open_and_grow(path: Path, most_bytes: int) -> object:
        file = real(path, most_bytes)
        path.write_bytes(bytes(20))
        return file

    monkeypatch.setattr(given_file, "open_given", open_and_grow)
    with pytest.raises(GivenFileTooLargeError):
        read_given(path, 15)


def test_a_name_is_shown_without_what_moves_the_cursor() -> None:
    assert shown(Path(os.fsdecode(b"/d/a\x1b[31m\xff\n.csv"))) == "a·[31m··.csv"
    assert len(shown(Path("n" * 1000))) == 301


def test_a_program_without_a_standard_input_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where whoever started it has closed it."""
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(GivenFileError, match="there is no standard input"):
        given_file.standard_input()
