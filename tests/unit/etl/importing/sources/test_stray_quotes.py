"""A quote that stands undoubled inside a cell is part of its text."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.importing.sources.limits import ImportLimits
from etl.importing.sources.stray_quotes import StrayQuotes
from etl.importing.sources.table_file import FileLayout, open_table

CELLS = st.text(st.sampled_from('ab" ,\n'), max_size=8)


def read(folder: Path, text: str) -> list[list[str]]:
    """Return the cells of the rows below the header."""
    path = folder / "a.csv"
    path.write_text(text, encoding="utf-8", newline="")
    with open_table(path, FileLayout(), ImportLimits()) as table:
        return [row.cells for row in table.rows]


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('1,"12" monitor broken",x', ["1", '12" monitor broken', "x"]),
        ('1,"12" monitor, broken",x', ["1", '12" monitor, broken', "x"]),
        ('1,"The "big" one",x', ["1", 'The "big" one', "x"]),
        ('1,"The ""big"" 12" one",x', ["1", 'The "big" 12" one', "x"]),
        ('1,"Anna" Miller,x', ["1", '"Anna" Miller', "x"]),
        ('1,12" monitor,x', ["1", '12" monitor', "x"]),
        ('1,x,"12" monitor"', ["1", "x", '12" monitor']),
        ('1,"said ""no""",x', ["1", 'said "no"', "x"]),
        ('1,"",x', ["1", "", "x"]),
    ],
)
def test_a_cell_keeps_its_quotes(tmp_path: Path, line: str, cells: list[str]) -> None:
    assert read(tmp_path, f"id,text,more\n2,a,b\n{line}\n3,c,d\n") == [["2", "a", "b"], cells, ["3", "c", "d"]]


def test_a_cell_of_several_lines_stays_whole(tmp_path: Path) -> None:
    assert read(tmp_path, 'id,text\n1,"a ""12"" x\nlast"\n2,"b"\n') == [["1", 'a "12" x\nlast'], ["2", "b"]]


def test_where_the_end_of_a_cell_cannot_be_told_the_rows_stay_as_they_were(tmp_path: Path) -> None:
    assert read(tmp_path, 'id,text\n2,b\n1,"a 12" x, y\n3,c\n') == [["2", "b"], ["1", "a 12 x", " y"], ["3", "c"]]


@given(rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=3))
def test_a_line_that_is_well_formed_reads_the_same(rows: list[list[str]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    quotes = StrayQuotes(",")
    lines = text.getvalue().splitlines(keepends=True)
    mended = [quotes.mended(line, 3) if quotes.found_in(line) else line for line in lines[:1]]
    assert list(csv.reader([*mended, *lines[1:]])) == rows
