"""A quote too many takes its own line out of an import, never the lines below it."""

import csv
import io
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.notices import Notice
from etl.importing.source_row import SourceRow
from etl.importing.sources.delimited_rows import DelimitedRows
from etl.importing.sources.errors import FileDamagedError, FileTooLargeError
from etl.importing.sources.text_lines import TextLines

HEADER = "Ticket,Opened,State,Level,Note\n"


def read(text: str, delimiter: str = ",", limit: int = 1_000_000) -> tuple[list[SourceRow], tuple[Notice, ...]]:
    """Return rows and notices."""
    records = DelimitedRows(TextLines(io.StringIO(text, newline=""), limit), delimiter, limit)
    return list(records.read()), records.notices()


def line(number: int, note: str = "x") -> str:
    """Return the line of a ticket."""
    return f"{number},2025-03-01 {number % 24:02}:00,Open,High,{note}\n"


def keys(rows: Sequence[SourceRow]) -> list[str]:
    """Return the keys of the rows without a problem, without the header's."""
    return [row.cells[0] for row in rows[1:] if not row.problem]


def waiting(rows: Sequence[SourceRow]) -> list[tuple[int, str]]:
    """Return the lines that wait, with the reason."""
    return [(row.line_number, row.problem) for row in rows if row.problem]


@pytest.mark.parametrize("count", [3, 3000])
def test_a_quote_that_never_closes_costs_only_its_own_line(count: int) -> None:
    rows, notices = read(HEADER + line(1, '"screen 24') + "".join(map(line, range(2, count))))
    assert waiting(rows) == [(2, "unclosed_quote")]
    assert keys(rows) == [str(number) for number in range(2, count)]
    assert notices[0].facts == {"record_count": 1, "row_count": count - 2, "line_count": 1, "first_lines": "2"}


@pytest.mark.parametrize("count", [5, 3000])
def test_a_quote_that_closes_far_below_swallows_nothing(count: int) -> None:
    """The next proper quote would close it."""
    text = HEADER + line(1, '"screen 24') + "".join(map(line, range(2, count))) + line(count, '"normal"') + line(7777)
    rows, _ = read(text)
    assert waiting(rows) == [(2, "unclosed_quote")]
    assert keys(rows) == [*map(str, range(2, count + 1)), "7777"]


def test_a_quote_in_the_middle_of_a_file_of_quoted_cells_costs_only_its_line() -> None:
    lines = ['"' + '","'.join(line(number).strip().split(",")) + '"\n' for number in range(1, 9)]
    lines[3] = lines[3].replace('"x"', '"x')
    rows, _ = read(HEADER + "".join(lines))
    assert waiting(rows) == [(5, "unclosed_quote")]
    assert keys(rows) == ["1", "2", "3", "5", "6", "7", "8"]


def test_quotes_too_many_in_one_line_after_the_other_each_wait() -> None:
    broken = "".join(line(number, '"screen 24') for number in range(1, 6))
    rows, notices = read(HEADER + broken + line(6))
    assert waiting(rows) == [(number, "unclosed_quote") for number in range(2, 7)]
    assert keys(rows) == ["6"]
    assert notices[0].facts["record_count"] == 5


def test_a_cell_of_several_lines_below_a_quote_too_many_stays_whole() -> None:
    body = '"Dear all,\n5, maybe 6, do not open,\nI am, yours, B"'
    rows, _ = read(HEADER + line(1) + line(2, '"screen') + line(3) + line(4, body) + line(5))
    assert waiting(rows) == [(3, "unclosed_quote")]
    assert keys(rows) == ["1", "3", "4", "5"]
    assert rows[4].cells[4] == body.strip('"')


def test_a_quote_too_many_just_above_a_cell_of_several_lines_swallows_no_beginning() -> None:
    rows, _ = read(HEADER + line(1) + line(2, '"screen') + line(3, '"Dear all,\nregards"') + line(4))
    assert waiting(rows) == [(3, "unclosed_quote")]
    assert keys(rows) == ["1", "3", "4"]


def test_rows_pasted_into_a_proper_cell_stay_in_it_and_are_named() -> None:
    pasted = '"See the export:\n' + line(7) + line(8) + 'thank you"'
    rows, notices = read(HEADER + line(1) + line(2, pasted) + line(3))
    assert waiting(rows) == []
    assert keys(rows) == ["1", "2", "3"]
    assert [(each.slug, each.facts["row_count"]) for each in notices] == [("rows_in_cell", 2)]


def test_two_quotes_too_many_that_look_like_one_cell_wait_with_what_they_hold() -> None:
    """Nobody can tell them from a cell full of pasted rows, so nothing is taken apart and nothing comes in unsaid."""
    rows, notices = read(HEADER + line(1) + line(2, '"24 inch') + line(3) + line(4) + line(5, '24"') + line(6))
    assert waiting(rows) == [(3, "holds_rows")]
    assert keys(rows) == ["1", "6"]
    assert [(each.slug, each.facts["row_count"]) for each in notices] == [("rows_in_quotes", 3)]


def test_a_cell_longer_than_the_limit_gives_back_the_rows_in_it() -> None:
    rows, _ = read(HEADER + line(1, '"screen') + "".join(map(line, range(2, 300))), limit=2000)
    assert waiting(rows) == [(2, "unclosed_quote")]
    assert len(keys(rows)) == 298
    with pytest.raises(FileTooLargeError, match="line 2"):
        read(HEADER + line(1, '"screen\n') + "no row\n" * 3000, limit=2000)


def test_a_file_whose_quotes_swallow_the_same_lines_again_and_again_is_refused() -> None:
    """Each line opens a quote that the next one does not close."""
    text = HEADER + "".join(line(number, '"a""') + line(number, '"b""') * 40 for number in range(1, 60))
    rows, _ = read(text)
    assert {row.problem for row in rows[1:]} == {"unclosed_quote"}
    lines = TextLines(io.StringIO("a\n" * 100, newline=""), 5)
    taken = iter(lines.read())
    for _ in range(50):
        next(taken)
    with pytest.raises(FileDamagedError, match="quotes"):
        lines.give_back(1, 2)


@given(
    st.lists(
        st.tuples(st.text(st.sampled_from('ab 1,\n"-:'), max_size=40), st.sampled_from(["Open", "Closed"])),
        min_size=1,
        max_size=12,
    ),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_proper_cells_of_any_text_are_never_taken_apart(
    cells: list[tuple[str, str]], delimiter: str, quoting: int
) -> None:
    written = [["Ticket", "Opened", "Note", "State"]]
    written += [[f"T{number}", f"2025-03-{number + 1:02}", note, state] for number, (note, state) in enumerate(cells)]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, quoting=quoting).writerows(written)  # type: ignore[arg-type]  # a constant
    rows, _ = read(text.getvalue(), delimiter)
    assert [row.cells for row in rows] == written
    assert waiting(rows) == []


@given(st.integers(1, 30), st.data(), st.sampled_from(['"y', 'y"', '"y" z', '"y""', 'a "b', '"']))
def test_one_odd_quote_anywhere_costs_at_most_its_own_row(count: int, data: st.DataObject, note: str) -> None:
    """All other rows come in, or the report names what waits."""
    place = data.draw(st.integers(1, count))
    written = [line(number, note if number == place else '"proper, text"') for number in range(1, count + 1)]
    rows, notices = read(HEADER + "".join(written))
    lost = {str(number) for number in range(1, count + 1)} - set(keys(rows))
    assert lost <= {str(place)}
    assert not lost or (waiting(rows) and notices)
