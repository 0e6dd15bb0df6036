"""Bars to the right for more tickets, to the left for fewer; grey where it may be chance."""

from portal.topics.volume.conclusion import signed
from portal.topics.volume.dataset import Changes, PartChange
from portal.widgets.markup import Element, aria, element


def change_bars(changes: Changes) -> Element:
    """Return parts with the largest change first; each leads to its tickets of the period."""
    most = max(0, *(part.change for part in changes.parts))
    least = min(0, *(part.change for part in changes.parts))
    span = (most - least) or 1
    rows = [_row(part, -least / span, span) for part in changes.parts]
    return element("Table", element("Tbody", rows), className="change-bars")


def _row(part: PartChange, zero: float, span: int) -> Element:
    start = zero + min(part.change, 0) / span
    place = {"--start": _percent(start), "--width": _percent(abs(part.change) / span), "--zero": _percent(zero)}
    kind = "change-bar is-clear" if part.is_clear else "change-bar"
    doubt = [element("Span", ", may be chance", className="visually-hidden")] if _is_doubtful(part) else []
    return element(
        "Tr",
        [
            element("Th", element("A", part.label, href=part.href), scope="row"),
            element("Td", element("Span", className=kind, style=place, **aria(hidden="true")), className="bar-cell"),
            element("Td", [signed(part.change), *doubt], className="number strong" if part.is_clear else "number"),
        ],
    )


def _is_doubtful(part: PartChange) -> bool:
    return bool(part.change) and not part.is_clear


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%"
