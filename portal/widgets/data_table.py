"""A table that is read page by page: a line of cells for each row on a wide screen, a card for each on a phone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from portal.numbers import phrasing
from portal.widgets.markup import Element, aria, element


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        key: Part of the class name of its cells, which says how wide they are and where they are left out.
        label: Heading.
        href: The list sorted by it; "" when it cannot be.
        sorted_as: "ascending" or "descending" when the list is sorted by it, else "".
    """

    key: str
    label: str
    href: str = ""
    sorted_as: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Attributes:
        text: What it says.
        tone: "good", "bad", "strong", "muted" or "".
        title: What it says when pointed at.
    """

    text: str
    tone: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row; all of it leads to its page.

    Attributes:
        href: Its page.
        cells: In the order of the columns.
    """

    href: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a page stands in its list.

    Attributes:
        first: Number of its first row; 0 when the list is empty.
        last: Number of its last row.
        total: Rows of the whole list.
        links: (words, address) of the first, previous, next and last page; "" where there is none.
    """

    first: int
    last: int
    total: int
    links: tuple[tuple[str, str], ...]


def table_data(
    caption: str, columns: Sequence[Column], rows: Sequence[Row], link: int, *, form: str = "", keys: Sequence[str] = ()
) -> dict[str, Any]:
    """Return the table as `assets/data_table.js` draws it.

    It is drawn there because Dash keeps state for each of its elements: seven hundred cells took the browser as long as
    the rest of the page together.

    Args:
        caption: What it holds, for screen readers.
        columns: Its columns.
        rows: Its rows.
        link: Place of the column whose cell is the row's link.
        form: Id of the form that the rows' boxes belong to; "" where no row can be chosen.
        keys: What the box of each row sends.
    """
    return {
        "caption": caption,
        "columns": [[column.key, column.label, column.href, column.sorted_as] for column in columns],
        "rows": [[row.href, [[cell.text, cell.tone, cell.title] for cell in row.cells]] for row in rows],
        "link": link,
        "form": form,
        "keys": list(keys),
    }


def pager_bar(pager: Pager) -> Element:
    """Return where the page stands, and links to its neighbours."""
    shown = f"{phrasing.count(pager.first)} to {phrasing.count(pager.last)} of {phrasing.count(pager.total)}"
    links = [
        element("A", words, href=href, className="plain-button")
        if href
        else element("Span", words, className="plain-button is-off", **aria(disabled="true"))
        for words, href in pager.links
    ]
    return element(
        "Nav",
        [element("Span", shown, className="pager-shown"), *links],
        className="pager",
        **aria(label="Pages of the list"),
    )
