"""Bytes come whole, inflated if need be, or the file is refused with a clear sentence."""

import gzip
import io
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.importing.sources.errors import FileDamagedError, FileTooLargeError, FileUnreadableError
from etl.importing.sources.file_bytes import FileBytes
from etl.importing.sources.limits import ImportLimits


def read(path: Path, limits: ImportLimits | None = None) -> tuple[bytes, FileBytes]:
    """Return the content of a file, and the stream after reading."""
    file = FileBytes(path, limits or ImportLimits())
    return io.BufferedReader(file, 64 * 1024).read(), file


@given(content=st.binary(max_size=5000), parts=st.integers(1, 3))
def test_what_was_gzipped_comes_out_again(content: bytes, parts: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A gzip file may be several, one after the other."""
    path = tmp_path_factory.mktemp("gzip") / "file.gz"
    path.write_bytes(gzip.compress(content) * parts)
    assert read(path)[0] == content * parts


def test_plain_bytes_come_as_they_are_and_are_counted_and_hashed(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(b"id\n1\n" * 100_000)
    content, file = read(path)
    assert content == path.read_bytes()
    assert file.bytes_read == file.size == len(content)
    assert file.sha256 == sha256(content).hexdigest()


def test_zeros_after_the_gzip_are_padding(tmp_path: Path) -> None:
    path = tmp_path / "file.gz"
    path.write_bytes(gzip.compress(b"id\n1\n") + b"\0" * 512)
    assert read(path)[0] == b"id\n1\n"


@pytest.mark.parametrize("cut", [5, 12, 40, -1])
def test_a_gzip_that_was_cut_off_is_refused(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "file.csv.gz"
    path.write_bytes(gzip.compress(b"id,created\n" + bytes(range(256)) * 50)[:cut])
    with pytest.raises(FileDamagedError, match="cut off"):
        read(path)


def test_a_gzip_with_a_changed_byte_is_refused(tmp_path: Path) -> None:
    content = bytearray(gzip.compress(bytes(range(256)) * 50))
    content[-6] ^= 0xFF
    path = tmp_path / "file.csv.gz"
    path.write_bytes(content)
    with pytest.raises(FileDamagedError, match="damaged"):
        read(path)


def test_a_small_file_that_inflates_without_end_is_refused_before_it_fills_anything(tmp_path: Path) -> None:
    path = tmp_path / "bomb.csv.gz"
    path.write_bytes(gzip.compress(b"\0" * 4_000_000))
    file = FileBytes(path, ImportLimits(free_inflated_bytes=1_000_000))
    chunks: list[bytes] = []
    with pytest.raises(FileTooLargeError, match="inflates"):
        chunks.extend(iter(lambda: file.read(64 * 1024) or b"", b""))
    assert sum(map(len, chunks)) < 1_500_000


def test_inflated_bytes_have_a_bound_however_slowly_they_grow(tmp_path: Path) -> None:
    path = tmp_path / "large.csv.gz"
    path.write_bytes(gzip.compress(bytes(range(256)) * 10_000, compresslevel=0))
    with pytest.raises(FileTooLargeError):
        read(path, ImportLimits(inflated_bytes=1_000_000))


def test_a_file_that_is_not_there_is_said_not_to_be(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadableError, match=r"missing\.csv"):
        FileBytes(tmp_path / "missing.csv", ImportLimits())
    with pytest.raises(FileUnreadableError, match="directory"):
        FileBytes(tmp_path, ImportLimits())
