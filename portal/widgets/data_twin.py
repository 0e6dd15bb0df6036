"""The same numbers as a table, for those who would rather read than look."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.widgets.markup import Element, aria, element


@dataclass(frozen=True, slots=True)
class TwinRow:
    """One row of a chart's table.

    Attributes:
        cells: In the order of the columns; the first names the row.
        href: The tickets behind the row; "" when it has no link.
    """

    cells: tuple[str, ...]
    href: str = ""


def data_twin(caption: str, columns: Sequence[str], rows: Sequence[TwinRow]) -> Element:
    """Return a disclosure with a chart's numbers as a table."""
    head = element("Thead", element("Tr", [element("Th", name, scope="col") for name in columns]))
    body = element("Tbody", [_row(row) for row in rows])
    table = element(
        "Table", [element("Caption", caption, className="visually-hidden"), head, body], className="twin-table"
    )
    scroller = element("Div", [table], className="twin-scroller", tabIndex=0, role="region", **aria(label=caption))
    says = [
        element("Span", words, className=name)
        for words, name in (("Show as table", "when-closed"), ("Hide", "when-open"))
    ]
    summary = element("Summary", says, className="twin-button", **aria(expanded="false"))
    return element("Details", [summary, scroller], className="twin")


def _row(row: TwinRow) -> Element:
    first = element("A", row.cells[0], href=row.href) if row.href else row.cells[0]
    return element("Tr", [element("Th", [first], scope="row"), *(element("Td", cell) for cell in row.cells[1:])])
