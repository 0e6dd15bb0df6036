"""Rows of an estimate with its 95 % interval drawn as a line, against a mark for no effect."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.widgets.markup import Element, aria, element

_MARGIN = 0.06
"""Of the axis, kept free at either end."""


@dataclass(frozen=True, slots=True)
class IntervalRow:
    """One row.

    Attributes:
        label: Names it.
        aside: A few muted words below the name.
        value: The estimate.
        low: Lower end.
        high: Upper end.
        numbers: Texts of the columns after the line, the first of them in bold.
        is_supported: False draws it muted.
        href: Where the name leads; "" nowhere.
    """

    label: str
    aside: str
    value: float
    low: float
    high: float
    numbers: tuple[str, ...]
    is_supported: bool
    href: str = ""


def interval_table(heads: Sequence[str], rows: Sequence[IntervalRow], nothing: float) -> Element:
    """Return the table.

    Args:
        heads: Of the first column and of the numbers; the line has none.
        rows: From the top.
        nothing: The value of no effect, which the upright line marks.
    """
    lowest, highest = min([nothing, *(row.low for row in rows)]), max([nothing, *(row.high for row in rows)])
    margin = _MARGIN * (highest - lowest or 1)
    axis = (lowest - margin, highest + margin)
    head = [
        element("Th", heads[0], scope="col"),
        element("Th", "", scope="col", className="bar-cell"),
        *(element("Th", name, scope="col", className="number") for name in heads[1:]),
    ]
    body = [_row(row, nothing, axis) for row in rows]
    return element(
        "Table", [element("Thead", element("Tr", head)), element("Tbody", body)], className="ranked-bars interval-table"
    )


def _row(row: IntervalRow, nothing: float, axis: tuple[float, float]) -> Element:
    name = element("A", row.label, href=row.href) if row.href else element("Span", row.label)
    aside = element("Span", row.aside, className="interval-aside")
    kinds = ("number strong", *("number muted" for _ in row.numbers[1:]))
    return element(
        "Tr",
        [
            element("Th", [name, aside] if row.aside else [name], scope="row"),
            element("Td", _line(row, nothing, axis), className="bar-cell"),
            *(element("Td", text, className=kind) for text, kind in zip(row.numbers, kinds, strict=True)),
        ],
        className="" if row.is_supported else "is-uncertain",
    )


def _line(row: IntervalRow, nothing: float, axis: tuple[float, float]) -> Element:
    places = {"--low": row.low, "--high": row.high, "--value": row.value, "--none": nothing}
    start, length = axis[0], axis[1] - axis[0]
    style = {name: f"{100 * (place - start) / length:.1f}%" for name, place in places.items()}
    return element("Span", className="interval", style=style, **aria(hidden="true"))
