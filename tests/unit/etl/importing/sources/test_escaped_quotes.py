"""A quote inside a cell is read whether it is doubled or has a backslash before it."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.importing.sources.escaped_quotes import are_escaped, doubled

CELLS = st.text(st.sampled_from('ab,;"\\ \n'), max_size=8)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('id,text\n1,"He said \\"hi\\", bye"\n2,x\n', True),
        ('id,text\n1,"He said \\"hi\\""\n2,""\n', True),
        ('id,text\n1,"He said ""hi"", bye"\n2,x\n', False),
        ('id,text\n1,"In C:\\"\n2,"and ""D"""\n', False),
        ('id,text,note\n1,"In C:\\",\n2,x,\n3,y,\n', False),
        ("id,text\n1,x\n", False),
    ],
)
def test_the_kind_of_quotes_is_recognised(text: str, *, expected: bool) -> None:
    assert are_escaped(text, ",") is expected


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=5))
def test_what_was_written_with_backslashes_is_read_as_it_was(rows: list[tuple[str, str]]) -> None:
    """But for backslashes themselves: exports that escape quotes do not agree about those."""
    meant = [[cell.replace("\\", "") for cell in row] for row in rows]
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL, doublequote=False, escapechar="\\").writerows(meant)
    assert list(csv.reader(io.StringIO(doubled(text.getvalue()), newline=""))) == meant
    assert doubled(doubled(text.getvalue())) == doubled(text.getvalue())
