"""The SLA page's cards of numbers, and its split by policy, team or time."""

from typing import Final

from analytics.metrics import Better, Kind
from portal.numbers import phrasing
from portal.plots.axes import Figure
from portal.topics.sla import conclusion as says
from portal.topics.sla.dataset import KeptCard, KeptPart, KeptSplit, KeptTrend
from portal.topics.sla.sentences import SENTENCES
from portal.widgets.change import change_notes, change_text
from portal.widgets.chart_card import ChartContent, block_body
from portal.widgets.data_twin import TwinRow, data_twin
from portal.widgets.definition import definition, explanation
from portal.widgets.markup import Element, aria, element
from portal.widgets.reading_words import reading_words, running_words, stretch_words
from portal.widgets.sparkline import sparkline
from portal.widgets.why_nothing import WhyNothing

_OVERDUE: Final = (
    "Open tickets with a target that was due and is not done, at the latest refresh. A clock that stands still is not "
    "overdue. They are those of “Needs attention” on the Overview, whatever the period."
)
_MOST_ROWS: Final = 12
_HEADS: Final = {
    "sla_policy": "Policy",
    "category": "Category",
    "team": "Team",
    "agent": "Agent",
    "channel": "Channel",
    "weekday": "Weekday",
    "hour": "Hour",
}


def kept_card(card: KeptCard, why: WhyNothing) -> Element:
    """Return one card. The number is the link; the card's whole face can be pressed."""
    explained = explanation("What overdue now means", card.title, (_OVERDUE,)) if _is_now(card) else None
    head = element(
        "Div",
        [element("H2", card.title, className="kpi-title"), explained or definition(card.metric)],
        className="kpi-head",
    )
    if card.now.value is None:
        empty = phrasing.NOT_KNOWN if card.now.is_not_known else why.of("sla_tickets_met").said
        number = element("Span", phrasing.NOTHING, className="kpi-value is-empty")
        return element("Div", [head, number, element("Div", empty, className="kpi-why")], className="kpi-card surface")
    text = phrasing.amount(card.now.value, card.now.unit, card.now.n)
    spoken = aria(label=f"{card.title}: {text}. Show the tickets")
    number = element("A", text, href=card.href, className="kpi-value", **spoken)
    drawn = [sparkline(card.trend, is_running=card.is_running)] if card.trend else []
    notes = change_notes(card.now, card.before, card.judged)
    body = element("Div", [number, *drawn], className="kpi-body")
    return element("Div", [head, body, _foot(card), *notes], className="kpi-card surface")


def _is_now(card: KeptCard) -> bool:
    return card.metric.kind is Kind.LEVEL


def _foot(card: KeptCard) -> Element:
    change = (
        []
        if card.before is None
        else [change_text(card.now, card.before, card.metric.better, card.compared_to, card.judged)]
    )
    aside = (
        element("A", card.aside, href=card.aside_href, className="kpi-aside kpi-link")
        if card.aside_href
        else element("Span", card.aside, className="kpi-aside")
    )
    return element("Div", [*change, aside], className="kpi-foot")


def trend_content(dataset: KeptTrend, why: WhyNothing, figure: Figure) -> ChartContent:
    """Return the card of kept targets over time."""
    if all(point.reading.value is None for point in dataset.tickets.points):
        return why.content("sla_tickets_met")
    rows = [
        TwinRow(
            (
                stretch_words(tickets, dataset.grain, with_year=True),
                reading_words(tickets.reading),
                phrasing.count(tickets.reading.n),
                phrasing.count(missed),
                reading_words(targets.reading),
            ),
            tickets.href,
        )
        for tickets, targets, missed in zip(dataset.tickets.points, dataset.targets.points, dataset.missed, strict=True)
    ]
    heads = (dataset.grain.capitalize(), "Met every target", "n", "Missed one", "Single targets met")
    cut = f" {dataset.grain.capitalize()}s cut by the ends of the period are left out." if dataset.is_partial else ""
    n = sum(point.reading.n for point in dataset.tickets.points)
    note = (
        f"Tickets by the {dataset.grain} their last target ended, n {phrasing.count(n)}. Grey: single targets met."
        f"{running_words(dataset.tickets, dataset.grain)}{cut}"
    )
    return ChartContent(figure, says.trend(dataset), note, data_twin("Kept targets over time", heads, rows))


def split_block(dataset: KeptSplit, why: WhyNothing) -> list[Element]:
    """Return how well targets were kept by one thing: the first rows in view, all of them in the table."""
    if not dataset.parts:
        return why.body("sla_tickets_met")
    shown = dataset.parts if dataset.by in {"hour", "weekday"} else dataset.parts[:_MOST_ROWS]
    with_change = any(part.before is not None for part in shown)
    names = (_HEADS[dataset.by], "", "Met every target", *(("Change",) if with_change else ()), "Missed", "n")
    classes = ("", "bar-cell", "number", *(("number",) if with_change else ()), "number", "number is-wide")
    head = [element("Th", name, scope="col", className=kind) for name, kind in zip(names, classes, strict=True)]
    body = [_part(part, dataset, with_change=with_change) for part in shown]
    table = element("Table", [element("Thead", element("Tr", head)), element("Tbody", body)], className="share-table")
    hidden = f" The {len(shown)} with most missed of {len(dataset.parts)}." if len(shown) < len(dataset.parts) else ""
    n = sum(part.now.n for part in dataset.parts)
    examples = SENTENCES["examples"] if dataset.examples else ""
    note = f"Tickets by the day their last target ended, n {phrasing.count(n)}.{hidden}{examples}"
    rows = [
        TwinRow(
            (part.label, reading_words(part.now), phrasing.count(part.missed), phrasing.count(part.now.n)), part.href
        )
        for part in dataset.parts
    ]
    twin = data_twin("Kept targets by part", (_HEADS[dataset.by], "Met every target", "Missed one", "n"), rows)
    return block_body(says.split(dataset), table, note, twin)


def _part(part: KeptPart, dataset: KeptSplit, *, with_change: bool) -> Element:
    name: list[Element | str] = [element("A", part.label, href=part.href)]
    if part.promise is not None:
        name.append(element("Span", _promise(part), className="interval-aside"))
    share = part.now.value or 0
    bar = element("Span", className="share-bar", style={"--share": f"{100 * share:.1f}%"}, **aria(hidden="true"))
    drawn = sparkline(part.trend, is_running=part.is_running) if part.trend else bar
    missed = phrasing.count(part.missed)
    linked = element("A", missed, href=part.missed_href) if part.missed else missed
    cells = [
        element("Th", name, scope="row"),
        element("Td", drawn, className="bar-cell"),
        element("Td", reading_words(part.now), className="number strong"),
        element("Td", linked, className="number"),
        element("Td", phrasing.count(part.now.n), className="number is-wide"),
    ]
    if with_change:
        change = change_text(part.now, part.before, Better.HIGHER, dataset.compared_to, part.judged)
        cells.insert(3, element("Td", change, className="number"))
    return element("Tr", cells)


def _promise(part: KeptPart) -> str:
    words = ("promise.first", "promise.next", "promise.solved")
    named = [
        SENTENCES[word].format(time=phrasing.duration(minutes))
        for word, minutes in zip(words, part.promise or (), strict=False)
        if minutes is not None
    ]
    return ", ".join(named)
