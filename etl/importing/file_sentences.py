"""What a person reads about a file as a whole: what was left out, and what its quotes swallow."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from analytics.notices import Notice
from etl.importing.counted import Counted

Facts = Mapping[str, int | str]


def file_sentences(notices: Sequence[Notice]) -> list[str]:
    """Return a sentence for each notice about the file; those about its columns are left out."""
    sentences = [_SENTENCES[each.slug](each.facts) for each in notices if each.slug in _SENTENCES]
    sheets = _other_parts(notices, "sheet_not_read", "workbook", "sheet")
    return [*sentences, *sheets, *_other_parts(notices, "list_not_read", "file", "list")]


def _other_parts(notices: Sequence[Notice], slug: str, whole: str, part: str) -> list[str]:
    found = [each.facts for each in notices if each.slug == slug]
    if not found:
        return []
    named = ", ".join(f"{facts['name']} ({_rows_of(facts)})" for facts in found)
    which = "it" if len(found) == 1 else "each"
    return [f"The {whole} has {_counted(len(found), f'more {part}')}: {named}. To import {which}, use --sheet."]


def _rows_of(facts: Facts) -> str:
    count = int(facts["row_count"])
    return f"more than {count:,} rows" if facts["is_cut"] else _counted(count, "row")


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {Counted(count):{noun}/{noun}s}"


def _rows_skipped(facts: Facts) -> str:
    return f"Above the names of the columns, {_counted(int(facts['row_count']), 'row')} of titles were skipped."


def _quote_unclosed(facts: Facts) -> str:
    records, lines, rows = (int(facts[name]) for name in ("record_count", "line_count", "row_count"))
    waiting = f"A quote opens and does not close in {_counted(records, 'row')} (from line {facts['first_lines']})"
    span = f"{waiting}: {_counted(lines, 'line')} in all wait in quarantine."
    return f"{span} Of the lines below, {rows:,} look like rows of their own and are read as rows." if rows else span


def _rows_in_quotes(facts: Facts) -> str:
    rows, lines = int(facts["row_count"]), _counted(int(facts["line_count"]), "line")
    what = f"{rows:,} of the lines look like rows of their own and are not read as rows"
    return f"The row on line {facts['first_lines']} spans {lines} and waits in quarantine: {what}."


def _rows_in_cell(facts: Facts) -> str:
    count = _counted(int(facts["row_count"]), "line")
    return (
        f"Inside cells, {count} might be rows of their own (from line {facts['first_lines']}); they stay in the cell."
    )


def _quotes_escaped(_facts: Facts) -> str:
    return 'A quote inside a cell is written as \\" in this file; it is read as a quote.'


_SENTENCES: Final[Mapping[str, Callable[[Facts], str]]] = {
    "rows_skipped": _rows_skipped,
    "quotes_escaped": _quotes_escaped,
    "quote_unclosed": _quote_unclosed,
    "rows_in_quotes": _rows_in_quotes,
    "rows_in_cell": _rows_in_cell,
}
