"""Prints a preview on a terminal."""

from rich.console import Console
from rich.table import Table

from etl.classification.preview import Changes, Preview

_MOST_ROWS = 20


def show_preview(preview: Preview, console: Console) -> None:
    """Print what would change: counts and ticket numbers, none of the tickets' text."""
    for name, changes in (("category", preview.categories), ("priority", preview.priorities)):
        if changes.total:
            console.print(_table(name, changes))
        console.print(f"{changes.total:,} of {preview.ticket_count:,} tickets would get another {name}.")
    console.print(f"{preview.abstention_count:,} would wait for review: nothing is sure enough of them.")
    console.print(
        f"{preview.kept_count:,} keep a category that a person or an import gave, though the classifier differs."
    )


def _table(name: str, changes: Changes) -> Table:
    table = Table(f"{name} now", "then", "tickets", "for example")
    rows = changes.rows()
    for before, after, count, sample in rows[:_MOST_ROWS]:
        table.add_row(before or "not set", after or "not set", f"{count:,}", ", ".join(map(str, sample)))
    if len(rows) > _MOST_ROWS:
        rest = sum(count for _before, _after, count, _sample in rows[_MOST_ROWS:])
        table.add_row("others", "", f"{rest:,}", "")
    return table
