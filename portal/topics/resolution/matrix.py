"""Durations of each category at each priority, in a stronger colour where they take longer."""

from analytics.takes_longest import LEAST_N
from portal.numbers import phrasing
from portal.topics.resolution.dataset import Matrix, MatrixCell, MatrixRow
from portal.widgets.markup import Element, aria, element


def duration_matrix(matrix: Matrix) -> Element:
    """Return the table; every cell with tickets leads to them."""
    longest = max((_shade(cell) for row in matrix.rows for cell in row.cells), default=0.0) or 1.0
    # With one priority, "all" would say the same again.
    names = ("Category", *matrix.priorities, *(("All",) if len(matrix.priorities) > 1 else ()))
    head = element("Thead", element("Tr", [element("Th", name, scope="col") for name in names]))
    body = element("Tbody", [_row(row, longest, len(names) - 1) for row in matrix.rows])
    table = element("Table", [head, body], className="matrix")
    return element(
        "Div",
        table,
        className="matrix-scroller",
        tabIndex=0,
        role="region",
        **aria(label="Durations by category and priority"),
    )


def _shade(cell: MatrixCell) -> float:
    reading = cell.reading
    return reading.value if reading is not None and reading.value is not None and reading.n >= LEAST_N else 0.0


def _row(row: MatrixRow, longest: float, columns: int) -> Element:
    cells = [element("Td", _cell(cell, longest)) for cell in row.cells[:columns]]
    return element("Tr", [element("Th", row.label, scope="row"), *cells])


def _cell(cell: MatrixCell, longest: float) -> Element:
    reading = cell.reading
    if reading is None or reading.value is None:
        return element("Span", [element("Span", "none")], className="matrix-cell is-empty")
    p90 = phrasing.amount(reading.p90, reading.unit)
    lines = [
        element("B", phrasing.amount(reading.value, reading.unit)),
        element("Span", f"9 in 10: {p90}"),
        element("Span", f"n {phrasing.count(reading.n)}"),
    ]
    style = {"--heat": f"{100 * _shade(cell) / longest:.0f}%"}
    few = " is-few" if reading.n < LEAST_N else ""
    return element("A", lines, href=cell.href, className=f"matrix-cell{few}", style=style)
