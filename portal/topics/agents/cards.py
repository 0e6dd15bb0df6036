"""Agents by name, each with what was seen, what was to be expected, and whether they differ by more than chance."""

from analytics.metrics import Better
from portal.numbers import phrasing
from portal.plots.axes import Figure
from portal.topics.agents import conclusion as says
from portal.topics.agents.dataset import AgentFigures, AgentRow
from portal.widgets.chart_card import ChartContent, block_body, empty_body, nothing
from portal.widgets.data_twin import TwinRow, data_twin
from portal.widgets.markup import Element, aria, element

_WHY = "No agent has been compared on this yet."
_WHAT = (
    "It is done every night from the last year's tickets; to do it now, run: support-analytics etl run compare_agents"
)
_LINES = "By chance 19 of 20 lie within the dashed lines, 998 of 1,000 within the dotted ones."
_HEADS = ("Agent", "n", "Seen", "Expected", "Against expected", "Chance allowed for", "Verdict")
_CLASSES = ("", "number is-wide", "number is-wide", "number is-wide", "number", "number is-wide", "")
"""On a phone the verdict stands in view, and what leads to it in the other table."""
_CLOCKS = {"business": "business hours", "calendar": "calendar", "days": "whole days, half a day on the same day"}
_WHATS = {"minutes": "Typical time", "rating": "Mean"}
_VERDICTS = {
    "minutes": ("takes longer", "takes less time"),
    "mean_rating": ("rated better", "rated worse"),
    "csat": ("rated better", "rated worse"),
    "reopen_rate": ("reopened more", "reopened less"),
}


def funnel_content(dataset: AgentFigures, figure: Figure) -> ChartContent:
    """Return the card of the funnel."""
    if not dataset.rows or dataset.first is None or dataset.last is None:
        return nothing(_WHY, _WHAT)
    rows = [TwinRow(_cells(row, dataset), row.href) for row in dataset.rows]
    twin = data_twin(f"Agents: {dataset.metric.label}", _HEADS, rows)
    return ChartContent(figure, says.agents(dataset), f"{_LINES} {_note(dataset)}", twin)


def agent_block(dataset: AgentFigures) -> list[Element]:
    """Return the table of agents."""
    if not dataset.rows:
        return empty_body(_WHY, _WHAT)
    head = [element("Th", name, scope="col", className=kind) for name, kind in zip(_HEADS, _CLASSES, strict=True)]
    body = [_row(row, dataset) for row in dataset.rows]
    table = element("Table", [element("Thead", element("Tr", head)), element("Tbody", body)], className="share-table")
    scroller = element(
        "Div", table, className="agent-table-scroller", tabIndex=0, role="region", **aria(label="Agents by name")
    )
    few = "" if all(row.is_judged for row in dataset.rows) else f" To be judged one needs {says.needed(dataset)}."
    note = f"In brackets: the likely range.{few}"
    return block_body("By name, not by size: most differences between neighbours are chance.", scroller, note)


def _note(dataset: AgentFigures) -> str:
    what = _WHATS.get(dataset.metric.unit, "Share")
    clock = f", {_CLOCKS[dataset.clock]}" if dataset.clock else ""
    first, last = (phrasing.day(day, with_year=True) for day in (dataset.first, dataset.last) if day is not None)
    return (
        f"{what}{clock}; tickets created {first} to {last}, n {phrasing.count(dataset.ticket_count)}. Expected: by"
        " category and priority, channel, hour of the week, and whether it was handed up, in the hands of the typical"
        " other agent."
    )


def _cells(row: AgentRow, dataset: AgentFigures) -> tuple[str, ...]:
    seen, hoped = (amount(value, dataset) for value in (row.observed, row.expected))
    times = f"{phrasing.SPACE}×"
    ratio = f"{row.ratio:.2f}{times} ({row.low:.2f} to {row.high:.2f})"
    return row.agent, phrasing.count(row.n), seen, hoped, ratio, f"{row.pooled:.2f}{times}", verdict(row, dataset)[0]


def _row(row: AgentRow, dataset: AgentFigures) -> Element:
    name, *numbers, words = _cells(row, dataset)
    cells = [
        element("Th", element("A", name, href=row.href), scope="row"),
        *(element("Td", each, className=kind) for each, kind in zip(numbers, _CLASSES[1:-1], strict=True)),
        element("Td", words, className=f"verdict {verdict(row, dataset)[1]}"),
    ]
    return element("Tr", cells)


def amount(value: float, dataset: AgentFigures) -> str:
    """Return a figure in its unit; ratings to two decimals, as agents differ by less than one tells."""
    return f"{value:.2f}" if dataset.metric.unit == "rating" else phrasing.amount(value, dataset.metric.unit)


def verdict(row: AgentRow, dataset: AgentFigures) -> tuple[str, str]:
    """Return what may be said of an agent, and whether that is good news."""
    if not row.is_judged:
        return "too few to judge", "muted"
    if not row.differs:
        return "as expected", ""
    above, below = _VERDICTS["minutes" if dataset.metric.unit == "minutes" else dataset.metric.slug]
    is_good = (row.ratio < 1) == (dataset.better is Better.LOWER)
    return (above if row.ratio > 1 else below), "good" if is_good else "bad"
