"""Whatever a person names as a file is read whole or refused with its own sentence."""

import contextlib
import io
import os
import pty
import socket
import sys
import tempfile
import threading
import tracemalloc
from pathlib import Path

import pytest

from etl.importing.sources.errors import FileTooLargeError, FileUnreadableError
from etl.importing.sources.file_bytes import FileBytes
from etl.importing.sources.file_input import is_pipe, open_input
from etl.importing.sources.limits import ImportLimits


def read(path: Path, limits: ImportLimits | None = None) -> bytes:
    """Return what comes from a path."""
    file = FileBytes(path, limits or ImportLimits())
    try:
        return io.BufferedReader(file, 64 * 1024).read()
    finally:
        file.close()


def piped(folder: Path, content: bytes) -> Path:
    """Return a named pipe into which the content is written."""
    path = folder / "pipe"
    os.mkfifo(path)

    def write() -> None:
        with contextlib.suppress(BrokenPipeError):
            path.write_bytes(content)

    threading.Thread(target=write, daemon=True).start()
    return path


def test_a_pipe_is_read_to_its_end(tmp_path: Path) -> None:
    content = b"id,created\n1,2025-03-01\n" * 20_000
    path = piped(tmp_path, content)
    assert is_pipe(path)
    assert read(path) == content


def test_standard_input_is_named_by_a_hyphen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"id\n1\n")))
    assert is_pipe(Path("-"))
    assert read(Path("-")) == b"id\n1\n"


def test_an_empty_pipe_is_told_from_an_empty_file(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadableError, match="Nothing came through the pipe"):
        read(piped(tmp_path, b""))


def test_nobody_types_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal as standard input is refused at once: waiting for it would look like work."""
    leader, follower = pty.openpty()
    with open(leader, "rb"), open(follower, encoding="utf-8") as terminal:  # noqa: PTH123 - no paths
        monkeypatch.setattr(sys, "stdin", terminal)
        with pytest.raises(FileUnreadableError, match="is the terminal"):
            read(Path("-"))


def test_a_closed_standard_input_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(FileUnreadableError, match="there is no standard input"):
        read(Path("-"))


def test_a_directory_as_standard_input_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    descriptor = os.open(tmp_path, os.O_RDONLY)
    with io.FileIO("/dev/null") as holder:
        os.dup2(descriptor, holder.fileno())
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(holder)))
        with pytest.raises(FileUnreadableError, match="cannot be read: is a directory"):
            read(Path("-"))
    os.close(descriptor)


def test_a_full_disk_is_told_with_the_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The place is where the pipe's bytes are kept meanwhile, which another disk can be."""
    with Path("/dev/full").open("r+b", buffering=0) as full:
        monkeypatch.setattr(tempfile, "TemporaryFile", lambda *_kept: full)
        with pytest.raises(FileTooLargeError, match="does not fit into") as refused:
            read(piped(tmp_path, b"id\n1\n"))
    assert "TMPDIR" in str(refused.value.hint)


def test_the_standard_input_of_the_system_has_no_name_either() -> None:
    """`import /dev/stdin < tickets.csv` would keep its records under the name stdin."""
    assert is_pipe(Path("/dev/stdin"))


def test_a_pipe_is_kept_on_the_disk_not_in_memory(tmp_path: Path) -> None:
    """64 MB come through within 8 MB: a container has little memory."""
    path = piped(tmp_path, bytes(64_000_000))
    tracemalloc.start()
    with open_input(path, ImportLimits()) as kept:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert kept.seek(0, os.SEEK_END) == 64_000_000
    assert peak < 8_000_000


def test_a_pipe_without_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileTooLargeError, match="came through the pipe"):
        read(piped(tmp_path, bytes(5_000_000)), ImportLimits(piped_bytes=2_000_000))


def test_what_is_no_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadableError, match="is a directory"):
        read(tmp_path)
    with pytest.raises(FileUnreadableError, match="null cannot be read: it is a device"):
        read(Path("/dev/null"))
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s"))
        with pytest.raises(FileUnreadableError, match="is a socket"):
            read(tmp_path / "s")
    with pytest.raises(FileUnreadableError, match="cannot be read: the name cannot be one of a file"):
        read(Path("a\0b"))


@pytest.mark.parametrize("change", ["grows", "shrinks"])
def test_a_file_that_is_written_to_while_it_is_read_is_refused(tmp_path: Path, change: str) -> None:
    path = tmp_path / "live.csv"
    path.write_bytes(b"id,created\n" + b"1,2025-03-01\n" * 100_000)
    file = FileBytes(path, ImportLimits())
    stream = io.BufferedReader(file, 64 * 1024)
    stream.read(1000)
    if change == "grows":
        with path.open("ab") as more:
            more.write(b"2,2025-03-02\n")
    else:
        os.truncate(path, 500_000)
    with pytest.raises(FileUnreadableError, match="while it was read"):
        stream.read()
    file.close()
