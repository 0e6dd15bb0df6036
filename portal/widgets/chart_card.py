"""A card with a chart: its point in one sentence, the chart, what it counts, and its numbers as a table."""

from dataclasses import dataclass
from typing import Any, Final

from dash import Output, dcc, html

from portal.widgets.markup import Element, element

GRAPH_CONFIG: Final[Any] = {
    "displaylogo": False,
    "displayModeBar": "hover",
    "modeBarButtons": [["toImage"]],
    "toImageButtonOptions": {"format": "png", "scale": 2},
    "responsive": True,
    "scrollZoom": False,
    "doubleClick": False,
    "showTips": False,
}
EMPTY_FIGURE: Final[dict[str, Any]] = {
    "data": [],
    "layout": {
        "autosize": True,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "xaxis": {"visible": False},
        "yaxis": {"visible": False},
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
    },
}


@dataclass(frozen=True, slots=True)
class Empty:
    """Why there is nothing to show, and what to do.

    Attributes:
        why: One sentence.
        what_to_do: One sentence.
        ways_out: Links to where there is something: (words, address).
    """

    why: str
    what_to_do: str = ""
    ways_out: tuple[tuple[str, str], ...] = ()

    @property
    def said(self) -> str:
        """Both sentences, without the links."""
        return f"{self.why} {self.what_to_do}".strip()


@dataclass(frozen=True, slots=True)
class ChartContent:
    """What a callback puts into a chart's card.

    Attributes:
        figure: The figure.
        conclusion: Its point in one sentence.
        note: Unit, clock, anchor and n.
        twin: Its numbers as a table.
        empty: Set when there is nothing to draw.
    """

    figure: dict[str, Any]
    conclusion: str
    note: str
    twin: Element | None
    empty: Empty | None = None

    def outputs(self) -> tuple[object, ...]:
        """Return the values in the order of `chart_outputs`."""
        if self.empty is not None:
            return EMPTY_FIGURE, empty_lines(self.empty), "", None, "graph is-empty"
        return self.figure, self.conclusion, self.note, self.twin, "graph"


def nothing(why: str, what_to_do: str = "") -> ChartContent:
    """Return the content of a card that has nothing to draw."""
    return nothing_but(Empty(why, what_to_do))


def nothing_but(empty: Empty) -> ChartContent:
    """Return the content of a card that only says why there is nothing to draw."""
    return ChartContent({}, "", "", None, empty)


def chart_card(chart: str, title: str, explained: html.Details, height: int, *, place: str = "") -> html.Section:
    """Return a card whose chart, sentence, note and table a callback fills in.

    Args:
        chart: Start of the ids within the card.
        title: Heading.
        explained: The disclosure with what is shown.
        height: Of the chart, pixels; kept free from the start so that nothing jumps.
        place: Where the card stands in its page's grid.
    """
    graph = dcc.Graph(id=f"{chart}-figure", figure=EMPTY_FIGURE, config=GRAPH_CONFIG, style={"height": f"{height}px"})
    return html.Section(
        [
            card_head(title, explained),
            html.P(id=f"{chart}-conclusion", className="conclusion"),
            # The chart's own element comes later, with its library.
            html.Div(graph, id=f"{chart}-graph", className="graph", style={"minHeight": f"{height}px"}),
            html.Div(
                [html.P(id=f"{chart}-note", className="note"), html.Div(id=f"{chart}-twin")], className="card-foot"
            ),
        ],
        className=f"card-block surface {place}",
    )


def chart_outputs(chart: str) -> tuple[Output, ...]:
    """Return what a callback of the card fills in, in the order of `ChartContent.outputs`."""
    return (
        Output(f"{chart}-figure", "figure"),
        Output(f"{chart}-conclusion", "children"),
        Output(f"{chart}-note", "children"),
        Output(f"{chart}-twin", "children"),
        Output(f"{chart}-graph", "className"),
    )


def card_head(title: str, explained: html.Details | None = None) -> Any:  # noqa: ANN401 - goes where Dash's components go
    """Return a card's heading with its i, as one tree."""
    parts: list[Any] = [element("H2", title, className="card-title"), explained]
    return element("Div", parts, className="card-head")


def block_card(block: str, title: str, explained: html.Details | None, height: int, *, place: str = "") -> html.Section:
    """Return a card whose whole body a callback fills in; for what is drawn with HTML alone.

    Args:
        block: Id of the body.
        title: Heading.
        explained: The disclosure with what is shown.
        height: Least height of the body, pixels, so that nothing jumps.
        place: Where the card stands in its page's grid.
    """
    body = html.Div(id=block, className="block-body", style={"--least": f"{height}px"})
    return html.Section([card_head(title, explained), body], className=f"card-block surface {place}")


def columns(left: list[html.Section], right: list[html.Section]) -> html.Div:
    """Return two columns of cards, the left one wider; a card is as tall as its content, whatever stands beside it."""
    sides = ((left, "span-7"), (right, "span-5"))
    return html.Div(
        [html.Div(cards, className=f"page-column {place}") for cards, place in sides], className="page-grid"
    )


def empty_lines(empty: Empty) -> list[Element]:
    """Return why there is nothing to show, and what to do."""
    between = (" ", *[" · "] * len(empty.ways_out))
    links = [
        element("Span", [mark, element("A", words, href=href)])
        for mark, (words, href) in zip(between, empty.ways_out, strict=False)
    ]
    to_do = [element("Span", f" {empty.what_to_do}")] if empty.what_to_do else []
    return [element("Strong", empty.why), *to_do, *links]


def block_body(
    conclusion: str, content: Element, note: str, twin: Element | None = None, *, marks: str = ""
) -> list[Element]:
    """Return the body of a card drawn with HTML alone.

    Args:
        conclusion: Its point in one sentence.
        content: What is drawn.
        note: Unit, clock, anchor and n.
        twin: Its numbers as a table.
        marks: What bars and lines stand for; not said on a phone, which has no room to draw them.
    """
    said: list[Element | str] = [element("Span", f"{marks} ", className="of-marks"), note] if marks else [note]
    foot = element("Div", [element("P", said, className="note"), *([twin] if twin else [])], className="card-foot")
    return [element("P", conclusion, className="conclusion"), content, foot]


def empty_body(why: str, what_to_do: str = "") -> list[Element]:
    """Return the body of a card that has nothing to show."""
    return [element("P", empty_lines(Empty(why, what_to_do)), className="empty")]
