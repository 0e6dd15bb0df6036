"""Whatever happens to the bytes of a file, reading it ends in rows or in one named error."""

import gzip
import io
import json
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from etl.importing.sources.errors import ImportFileError
from etl.importing.sources.limits import ImportLimits
from etl.importing.sources.table_file import FileLayout, open_table
from tests.conftest import examples

ROWS = [["id", "created at", "subject"], *([str(n), f"2025-03-{n % 28 + 1:02} 10:00", f"né {n}"] for n in range(60))]
MUTATIONS = 250


def _csv() -> bytes:
    return "".join(f'{key},{created},"{subject}"\r\n' for key, created, subject in ROWS).encode()


def _json() -> bytes:
    return json.dumps({"tickets": [dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]]}).encode()


def _workbook() -> bytes:
    book = Workbook()
    assert book.active is not None
    for row in ROWS:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _stored_workbook() -> bytes:
    """Return a workbook whose XML is not compressed, so that changes reach it."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_workbook())) as source, zipfile.ZipFile(content, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
    return content.getvalue()


def _zip() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("tickets.csv", _csv())
    return content.getvalue()


KINDS: dict[str, Callable[[], bytes]] = {
    "csv": _csv,
    "json": _json,
    "xlsx": _workbook,
    "stored xlsx": _stored_workbook,
    "zip": _zip,
    "gzip": lambda: gzip.compress(_csv()),
    "utf-16": lambda: _csv().decode().encode("utf-16"),
}


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Return the content with some bytes changed, cut out, doubled, or cut off at the end."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(changed))
        kind = chance.randrange(8)
        if kind == 0:
            del changed[place : place + chance.randint(1, 40)]
        elif kind == 1:
            changed[place:place] = changed[place : place + chance.randint(1, 40)]
        elif kind == 2:
            del changed[max(1, place) :]
        else:
            changed[place] = chance.randrange(256)
    return bytes(changed)


def sentence_of(path: Path) -> str:
    """Read a file to its end; return what a person is told, "" if nothing."""
    try:
        with open_table(path, FileLayout(), ImportLimits()) as table:
            assert all(row.line_number > 0 for row in table.rows)
    except ImportFileError as error:
        return f"{error.message} {error.hint}"
    return ""


@pytest.mark.parametrize("kind", KINDS)
def test_a_changed_file_is_read_or_refused_in_one_sentence(tmp_path: Path, kind: str) -> None:
    content, chance = KINDS[kind](), random.Random(kind)
    path = tmp_path / "file"
    for _ in range(examples(MUTATIONS)):
        path.write_bytes(mutated(content, chance))
        told = sentence_of(path)
        assert not told or told.endswith(".")


def test_a_workbook_with_changed_xml_and_proper_checksums_is_read_or_refused(tmp_path: Path) -> None:
    chance = random.Random(7)
    path = tmp_path / "file"
    with zipfile.ZipFile(io.BytesIO(_workbook())) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    for _ in range(examples(MUTATIONS)):
        name = chance.choice([each for each in parts if each.endswith((".xml", ".rels"))])
        with zipfile.ZipFile(path, "w") as archive:
            for each, content in parts.items():
                archive.writestr(each, mutated(content, chance) if each == name else content)
        told = sentence_of(path)
        assert not told or told.endswith(".")
