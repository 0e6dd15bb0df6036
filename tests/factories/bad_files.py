"""Files that no command can use as they are, or that are odd in one way; each is small or made quickly."""

import codecs
import gzip
import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

_MIB: Final = 2**20
_TICKETS: Final = "ticket,category,text,created at\n1,billing,Where is my money?,2026-03-01 10:00\n"


def _empty(path: Path) -> None:
    path.touch()


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _dangling(path: Path) -> None:
    path.symlink_to(path.with_name("nothing there"))


def _loop(path: Path) -> None:
    path.symlink_to(path)


def _missing(_path: Path) -> None:
    return None


def _text(text: str, encoding: str = "utf-8") -> Callable[[Path], None]:
    return _content(text.encode(encoding))


def _content(content: bytes) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_bytes(content)

    return write


def _endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _truncated_gzip(path: Path) -> None:
    path.write_bytes(gzip.compress(_TICKETS.encode() * 1000)[:60])


def _gzip_bomb(path: Path) -> None:
    packed = gzip.compress(bytes(16 * _MIB))
    path.write_bytes(packed * 16)


def _zipped(*members: tuple[str, bytes]) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members:
                archive.writestr(name, content)

    return write


def _zip_bomb(path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("tickets.csv", bytes(64 * _MIB))
    path.write_bytes(inner.getvalue())


def _sparse(path: Path) -> None:
    """Make a file of 2 GiB that takes no room."""
    with path.open("wb") as file:
        file.write(_TICKETS.encode())
        file.truncate(2048 * _MIB)


def _one_line(path: Path) -> None:
    path.write_bytes(b"x" * 50 * _MIB)


def _columns(path: Path) -> None:
    path.write_text(",".join(f"c{number}" for number in range(100_000)) + "\n" + "1," * 100_000)


_HUGE: Final = "9" * 5_000
_DEEP: Final = 200_000
_BINARY: Final = bytes(range(256)) * 40

KINDS: Final[dict[str, Callable[[Path], None]]] = {
    "missing": _missing,
    "empty": _empty,
    "a directory": Path.mkdir,
    "a pipe that nobody writes to": _fifo,
    "an endless device": _endless,
    "a link to nothing": _dangling,
    "a link to itself": _loop,
    "binary": _content(_BINARY),
    "NUL bytes": _content(_TICKETS.encode().replace(b"billing", b"bill\0ing") + bytes(100)),
    "only NUL bytes": _content(bytes(1000)),
    "only a byte-order mark": _content(codecs.BOM_UTF8),
    "only blanks": _content(b" \n\t\n"),
    "only a header": _text(_TICKETS.partition("\n")[0]),
    "UTF-16 with a mark": _text(_TICKETS, "utf-16"),
    "UTF-16 without a mark": _text(_TICKETS, "utf-16-le"),
    "UTF-32": _text(_TICKETS, "utf-32"),
    "Latin-1": _text(_TICKETS.replace("money", "café"), "latin-1"),
    "half a UTF-8 letter": _content(_TICKETS.encode() + b"2,billing,\xe2\x82"),
    "a surrogate in UTF-8": _content(_TICKETS.encode() + b"2,billing,\xed\xa0\x80,2026-03-01\n"),
    "a gzip that ends early": _truncated_gzip,
    "a gzip bomb": _gzip_bomb,
    "a ZIP with a path out of it": _zipped(("../../etc/tickets.csv", _TICKETS.encode())),
    "a ZIP bomb": _zip_bomb,
    "a ZIP of nothing": _zipped(),
    "a workbook that is something else": _zipped(("xl/workbook.xml", b"<nothing/>"), ("[Content_Types].xml", b"<x")),
    "a ZIP that ends early": _content(b"PK\x03\x04" + bytes(40)),
    "an old workbook": _content(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    "a line of 50 MB": _one_line,
    "2 GiB of nothing": _sparse,
    "100,000 columns": _columns,
    "JSON nested deeply": _text('{"a":' * _DEEP),
    "JSON lists nested deeply": _text("[" * _DEEP),
    "JSON with NaN": _text('{"train": [[NaN, Infinity], ["a", -Infinity]]}'),
    "JSON with a huge number": _text(f'{{"train": [[{_HUGE}, "b"]]}}'),
    "JSON records with a huge number": _text(f'[{{"id": {_HUGE}, "created at": {_HUGE}}}]'),
    "JSON with a name twice": _text('{"train": [["a", "b"]], "train": 1}'),
    "JSON with half a surrogate": _text('{"train": [["\\ud800", "\\udc00b"], ["c", "d"]]}'),
    "JSON of a list": _text("[1, 2, 3]"),
    "JSON of a word": _text('"tickets"'),
    "TOML nested deeply": _text("a = " + "[" * _DEEP),
    "TOML tables nested deeply": _text("a." * 50_000 + "a = 1"),
    "TOML with a huge number": _text(f"limits = {{ rows = {_HUGE} }}\nname = {_HUGE}"),
    "TOML with a date": _text("name = 2026-03-01\ncolumns = 9999-12-31T23:59:60Z"),
    "TOML with a name twice": _text('name = "a"\nname = "b"'),
    "an unclosed quote": _text('ticket,category,text,created at\n1,billing,"Where is\n' * 3),
    "a header twice": _text("ticket,ticket,category,category\n1,2,a,b\n"),
    "fewer cells than columns": _text("ticket,category,text,created at,unique_id,ds,y\n1\n2,b\n"),
    "more cells than columns": _text("ticket,category,text,unique_id,ds,y\n1,b,c,a,2026-03-01,1,2,3,4,5\n"),
    "the year 0": _text("ticket,category,text,created at,unique_id,ds,y\n1,b,c,0000-00-00 00:00,a,0000-01-01,1\n"),
    "the year 1": _text(
        "ticket,category,text,created at,unique_id,ds,y\n1,b,c,0001-01-01 00:00+14:00,a,0001-01-01T00:00+14:00,1\n"
    ),
    "the year 9999": _text(
        "ticket,category,text,created at,unique_id,ds,y\n1,b,c,9999-12-31 23:59-12:00,a,9999-12-31T23:59-12:00,1\n"
    ),
    "the year 10000": _text("ticket,category,text,created at,unique_id,ds,y\n1,b,c,10000-01-01,a,10000-01-01,1\n"),
    "numbers out of range": _text(
        "ticket,category,text,created at,unique_id,ds,y\n99999999999999999999,b,c,1e400,a,2026-03-01,1e400\n"
    ),
    "a number that is none": _text("ticket,category,text,created at,unique_id,ds,y\nNaN,b,c,NaN,a,2026-03-01,NaN\n"),
}
"""What it is -> what makes it at a path."""

NAMES: Final[dict[str, bytes]] = {
    "a line end": b"two\nlines.csv",
    "bytes that are no UTF-8": b"caf\xe9 \xff.csv",
    "codes for the terminal": b"\x1b[31mred\x1b]0;title\x07.csv",
    "brackets": b"[red]x[bold] {0} %s.csv",
    "a dash": b"--debug",
    "255 bytes": b"n" * 251 + b".csv",
}
"""What is odd in a name -> the name."""


def make_bad_file(kind: str, path: Path) -> Path:
    """Make one of `KINDS` at a path, and return the path."""
    KINDS[kind](path)
    return path


def named_oddly(name: str, folder: Path) -> Path:
    """Make a file of one ticket with one of `NAMES`, and return its path."""
    path = folder / os.fsdecode(NAMES[name])
    path.write_text(_TICKETS, encoding="utf-8")
    return path
