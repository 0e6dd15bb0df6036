"""Files made to break a reader: each has to end in one sentence, within 300 MiB and 60 seconds of the processor.

Each file is read in a process of its own, whose address space is limited.

Run: python -m benchmarks.hostile_files
"""

import argparse
import gzip
import io
import struct
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from openpyxl import Workbook

_MEMORY_BAR: Final = 300
_SECONDS_BAR: Final = 60
_MIB: Final = 2**20
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_HEAD: Final = b'<row><c t="inlineStr"><is><t>id</t></is></c><c t="inlineStr"><is><t>created at</t></is></c></row>'
_READ: Final = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
from etl.importing.sources.errors import ImportFileError
from etl.importing.sources.limits import ImportLimits
from etl.importing.sources.table_file import FileLayout, open_table
try:
    with open_table(Path(sys.argv[1]), FileLayout(), ImportLimits()) as table:
        said = f"{sum(1 for row in table.rows):,} rows: {table.layout}"
except ImportFileError as error:
    said = f"{type(error).__name__}: {error.message}"
used = resource.getrusage(resource.RUSAGE_SELF)
# ru_maxrss would be that of the parent where the parent is larger.
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(peak.split()[1], used.ru_utime + used.ru_stime, said)
"""


def _workbook(path: Path, part: str, pieces: Iterator[bytes]) -> None:
    """Write a workbook in which one file is replaced by pieces."""
    plain = io.BytesIO()
    book = Workbook()
    assert book.active is not None  # noqa: S101 - for the types
    book.active.append(["id", "created at"])
    book.active.append(["1", "2025-03-01"])
    book.save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        for name in source.namelist():
            if name != part:
                target.writestr(name, source.read(name))
        with target.open(part, "w", force_zip64=True) as file:
            for piece in pieces:
                file.write(piece)


def _sheet(*inside: tuple[bytes, int], before: bytes = b"", head: bytes = _HEAD) -> Iterator[bytes]:
    """Yield the XML of a sheet: after the header each piece as often as its number says."""
    yield before + b'<worksheet xmlns="%s"><sheetData>' % _MAIN.encode() + head
    for piece, times in inside:
        many = piece * max(1, min(times, _MIB // len(piece)))
        for _ in range(max(1, times * len(piece) // len(many))):
            yield many
    yield b"</sheetData></worksheet>"


def _in_sheet(path: Path, *inside: tuple[bytes, int], before: bytes = b"", head: bytes = _HEAD) -> None:
    _workbook(path, "xl/worksheets/sheet1.xml", _sheet(*inside, before=before, head=head))


def _repeated(path: Path, start: bytes, piece: bytes, size: int, end: bytes = b"") -> None:
    with path.open("wb") as file:
        file.write(start)
        for _ in range(size // (len(piece) * 4096)):
            file.write(piece * 4096)
        file.write(end)


def _styles(path: Path) -> None:
    pieces = [b'<styleSheet xmlns="%s"><cellXfs>' % _MAIN.encode(), *[b"<xf/>" * 200_000] * 200]
    _workbook(path, "xl/styles.xml", iter([*pieces, b"</cellXfs></styleSheet>"]))


def _strings(path: Path) -> None:
    pieces = [b'<sst xmlns="%s">' % _MAIN.encode(), *[b"<si/>" * 200_000] * 200, b"</sst>"]
    _workbook(path, "xl/sharedStrings.xml", iter(pieces))


def _many_files(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(150_000):
            archive.writestr(f"{number}.csv", b"")


def _lies_about_size(path: Path) -> None:
    _in_sheet(path, (b"<row><c><v>1</v></c></row>", 1000))
    content = bytearray(path.read_bytes())
    place = content.rindex(b"PK\x01\x02")
    content[place + 24 : place + 28] = struct.pack("<I", 2**31)
    path.write_bytes(content)


def _gzipped_zeros(path: Path) -> None:
    path.write_bytes(gzip.compress(bytes(10**9)))


def _columns(path: Path) -> None:
    path.write_text(",".join(map(str, range(100_000))) + "\n1")


def _names_of_their_own(path: Path) -> None:
    path.write_text("[" + ",".join(f'{{"n{number}": 1}}' for number in range(1_000_000)) + "]")


_ROW: Final = b"7,2025-03-01 10:00,Open,High,x\n"
_NESTED: Final = (b'<!ENTITY a%d "%s">' % (number, b"&a%d;" % (number - 1) * 10) for number in range(1, 10))
_ENTITIES: Final = b'<!DOCTYPE x [<!ENTITY a0 "aaaaaaaaaa">' + b"".join(_NESTED) + b"]>"

FILES: Final[dict[str, Callable[[Path], None]]] = {
    "a cell of 950 MB in a small workbook": lambda path: _in_sheet(
        path, (b'<row><c t="inlineStr"><is><t>', 1), (b"x" * 1000, 950_000), (b"</t></is></c></row>", 1)
    ),
    "junk XML around the cells": lambda path: _in_sheet(path, (b"<a/>", 50_000_000), head=b""),
    "a row with junk XML in it": lambda path: _in_sheet(path, (b"<row>", 1), (b"<a/>", 50_000_000), (b"</row>", 1)),
    "XML nested 10 million deep": lambda path: _in_sheet(path, (b"<a>", 10_000_000)),
    "an attribute of 500 MB": lambda path: _in_sheet(path, (b'<row x="', 1), (b"x" * 1000, 500_000), (b'"/>', 1)),
    "two million attributes": lambda path: _in_sheet(
        path, (b"<row ", 1), (b"".join(b"a%d='' " % number for number in range(2_000_000)), 1), (b"/>", 1)
    ),
    "entities in entities": lambda path: _in_sheet(path, (b"<row><c><v>&a9;</v></c></row>", 1), before=_ENTITIES),
    "a million blank cells": lambda path: _in_sheet(path, (b"<row>" + b"<c/>" * 10 + b"</row>", 100_000)),
    "a hundred million blank cells": lambda path: _in_sheet(path, (b"<row>" + b"<c/>" * 100 + b"</row>", 1_000_000)),
    "rows without end": lambda path: _in_sheet(path, (b"<row/>", 50_000_000)),
    "a row at 1,048,576": lambda path: _in_sheet(path, (b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>', 1)),
    "a column at XFD": lambda path: _in_sheet(path, (b'<row r="2"><c r="XFD2"><v>1</v></c></row>', 1)),
    "a shared text out of range": lambda path: _in_sheet(path, (b'<row><c t="s"><v>4000000000</v></c></row>', 1)),
    "40 million shared texts": _strings,
    "40 million styles": _styles,
    "a ZIP file of 150,000 files": _many_files,
    "a wrong size in the list of files": _lies_about_size,
    "a CSV of 1 GB of zeros, gzipped": _gzipped_zeros,
    "a line of 500 MB": lambda path: _repeated(path, b"id,created at\n1,", b"x" * 100, 500_000_000),
    "a cell of 500 MB over many lines": lambda path: _repeated(
        path, b'id,created at\n1,"', b"xxxx,yyyy\n", 500_000_000
    ),
    "an open quote above 500 MB of rows": lambda path: _repeated(
        path, b'Ticket,Opened,State,Level,Note\n1,2025-03-01 10:00,Open,High,"x\n', _ROW, 500_000_000
    ),
    "an open quote on every line, 100 MB": lambda path: _repeated(
        path, b"Ticket,Opened,State,Level,Note\n", b'7,2025-03-01 10:00,Open,High,"x""\n', 100_000_000
    ),
    "100,000 columns": _columns,
    "100 million commas": lambda path: _repeated(path, b"id", b",", 100_000_000),
    "JSON nested 10 million deep": lambda path: _repeated(path, b'[{"a":', b'{"a":', 50_000_000),
    "a JSON text of 500 MB": lambda path: _repeated(path, b'[{"a": "', b"x" * 100, 500_000_000),
    "a JSON number of 100 MB": lambda path: _repeated(path, b'[{"a": ', b"9", 100_000_000),
    "JSON records with names of their own": _names_of_their_own,
    "a JSON list of lists": lambda path: _repeated(path, b"[", b"[],", 50_000_000),
}


def measured(path: Path) -> tuple[float, float, str]:
    """Read a file in a process of its own; return its peak memory in MiB, its processor seconds, and what it said."""
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", _READ, str(path)], capture_output=True, text=True, check=False
    )
    kibibytes, seconds, said = done.stdout.strip().split(" ", 2) if done.stdout else ("0", "0", "")
    return int(kibibytes) / 1024, float(seconds), said or f"FAILED: {done.stderr.strip().splitlines()[-1:]}"


def main() -> int:
    """Measure and print; 1 if a file was beyond a bar or ended in anything but a sentence."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="part of a file's name in the table")
    only = parser.parse_args().only
    has_failed = False
    for name, write in FILES.items():
        if only not in name:
            continue
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "file"
            write(path)
            size = path.stat().st_size / 1e6
            memory, seconds, said = measured(path)
        is_bad = memory > _MEMORY_BAR or seconds > _SECONDS_BAR or said.startswith("FAILED")
        has_failed |= is_bad
        print(
            f"{'!' if is_bad else ' '} {name:40} {size:8.1f} MB {memory:6.0f} MiB {seconds:6.1f} s  {said[:110]}",
            flush=True,
        )
    return int(has_failed)


if __name__ == "__main__":
    sys.exit(main())
