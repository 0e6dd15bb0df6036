"""A table that is read page by page: a line of cells for each row on a wide screen, a card for each on a phone."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal import phrasing
from portal.components.markup import Element, aria, element


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


def data_table(caption: str, columns: Sequence[Column], rows: Sequence[Row], link: int) -> Element:
    """Return the table.

    Args:
        caption: What it holds, for screen readers.
        columns: Its columns.
        rows: Its rows.
        link: Place of the column whose cell is the row's link.
    """
    head = element("Thead", element("Tr", [_heading(column) for column in columns]))
    body = element("Tbody", [_row(row, columns, link) for row in rows])
    table = element(
        "Table", [element("Caption", caption, className="visually-hidden"), head, body], className="data-table"
    )
    return element("Div", table, className="data-scroller", tabIndex=0, role="region", **aria(label=caption))


def _heading(column: Column) -> Element:
    name = f"column-{column.key}"
    if not column.href:
        return element("Th", column.label, scope="col", className=name)
    mark = {"ascending": "↑", "descending": "↓"}.get(column.sorted_as, "")
    words: list[Element | str] = [column.label, element("Span", mark, className="sort-mark", **aria(hidden="true"))]
    link = element("A", words, href=column.href, className="sort-link", title=f"Sort by {column.label.lower()}")
    state = aria(sort=column.sorted_as) if column.sorted_as else {}
    return element("Th", link, scope="col", className=name, **state)


def _row(row: Row, columns: Sequence[Column], link: int) -> Element:
    cells = []
    for place, (cell, column) in enumerate(zip(row.cells, columns, strict=True)):
        named = f"column-{column.key} {cell.tone}".rstrip()
        title = {"title": cell.title} if cell.title else {}
        if place == link:
            content = element("A", cell.text, href=row.href, className="row-link")
            cells.append(element("Th", content, scope="row", className=named, **title))
        else:
            cells.append(element("Td", cell.text, className=named, **title))
    return element("Tr", cells)


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
