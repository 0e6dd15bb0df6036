"""Writes a generated desk as CSV files, one a table, with a header line and times in UTC."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from standalone.bookshop.csv_rows import COLUMNS
from standalone.bookshop.desk import Bookshop

_UNFINISHED: Final = ".part"


def write_files(
    bookshop: Bookshop, directory: Path, progress: Callable[[int], None] = lambda _done: None
) -> dict[str, int]:
    """Write the tables and return the number of rows of each.

    Files get their final names once all are complete. A crash leaves only ``.part`` files, which the next run replaces.

    Args:
        bookshop: A planned desk that has not been written yet.
        directory: Directory for the files; it is made if it does not exist.
        progress: Called with the number of tickets written so far.
    """
    directory.mkdir(parents=True, exist_ok=True)
    paths = {table: directory / f"{table}.csv" for table in COLUMNS}
    rows, done = dict.fromkeys(COLUMNS, 0), 0
    with ExitStack() as stack:
        files = {
            table: stack.enter_context(_unfinished(path).open("w", encoding="utf-8", newline=""))
            for table, path in paths.items()
        }
        for table, file in files.items():
            file.write(",".join(COLUMNS[table]) + "\n")
        for each in bookshop.rows():
            for table, text in each.tables.items():
                files[table].write(text)
                rows[table] += each.ticket_count if table == "support_tickets" else text.count("\n")
            done += each.ticket_count
            progress(done)
    for path in paths.values():
        _unfinished(path).replace(path)
    return rows


def _unfinished(path: Path) -> Path:
    return path.with_name(path.name + _UNFINISHED)
