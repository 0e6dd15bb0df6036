"""Prints a preview on a terminal."""

import typer

from analytics.listing import Listing
from etl.classification.preview import Changes, Preview

_MOST_ROWS = 20


def show_preview(preview: Preview) -> None:
    """Print what would change: counts and ticket numbers, none of the tickets' text."""
    for name, changes in (("category", preview.categories), ("priority", preview.priorities)):
        if changes.total:
            _listing(name, changes, preview).show()
        typer.echo(f"{changes.total:,} of {preview.ticket_count:,} tickets would get another {name}.")
    typer.echo(f"{preview.abstention_count:,} would wait for review: nothing is sure enough of them.")
    typer.echo(
        f"{preview.kept_count:,} keep a category that a person or an import gave, though the classifier differs."
    )


def _listing(name: str, changes: Changes, preview: Preview) -> Listing:
    listing = Listing(f"{name} now", "then", "tickets", "for example", names={f"{name} now", "then"})
    rows = changes.rows()
    for before, after, count, sample in rows[:_MOST_ROWS]:
        numbers = ", ".join(preview.number(each) for each in sample)
        listing.add(before or "not set", after or "not set", f"{count:,}", numbers)
    if len(rows) > _MOST_ROWS:
        rest = sum(count for _before, _after, count, _sample in rows[_MOST_ROWS:])
        listing.add("others", "", f"{rest:,}", "")
    return listing
