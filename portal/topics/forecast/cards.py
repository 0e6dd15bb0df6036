"""The parts of the Forecast page that are drawn with HTML alone."""

from collections import Counter
from datetime import date
from typing import Any

from analytics.vocabulary import TOTAL_SERIES
from portal.numbers import phrasing
from portal.numbers.phrasing import THIN
from portal.topics.forecast import conclusion as says
from portal.topics.forecast.address import MOST_PERCENT, PATH, ForecastChoice
from portal.topics.forecast.dataset import DayAhead, DemandParts, DeskEvent, ModelAccuracy, SeriesChoice
from portal.widgets.chart_card import block_body, empty_body
from portal.widgets.choices import Choice
from portal.widgets.markup import Element, aria, element

_GROUPS = {"": "All", "category": "Category", "channel": "Channel", "customer_type": "Customer type"}
_SOURCES = {"backtest": "tried on the past", "kept": "as it was made"}


def series_rows(found: tuple[SeriesChoice, ...], choice: ForecastChoice) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    """Return the series to choose from, by group: (group, choices)."""
    groups: dict[str, list[Choice]] = {}
    values = Counter(each.dimension for each in found)
    for each in found:
        # The only value of a dimension is all tickets again.
        if each.dimension and values[each.dimension] == 1 and each.key != choice.series_key:
            continue
        chosen = Choice(each.label, choice.href(each.key), each.key == choice.series_key)
        groups.setdefault(_GROUPS.get(each.dimension, each.dimension), []).append(chosen)
    return tuple((name, tuple(choices)) for name, choices in groups.items())


def accuracy_block(rows: tuple[ModelAccuracy, ...]) -> list[Element]:
    """Return how each way of forecasting did, the closest first."""
    shown = [row for row in rows if row.source == "kept"] or []
    if not rows:
        return empty_body(
            "No earlier forecast could be held against what came yet.", "That takes eight weeks of tickets."
        )
    heads = ("", "Error", "Against last week", "Within the 80\u202f% band")
    body = [_accuracy_row(row, rows) for row in rows if row.source == "backtest"]
    body += [_accuracy_row(row, rows) for row in shown]
    tried = max(row.cutoff_count for row in rows)
    note = (
        f"Each was asked to look 28 days ahead from {phrasing.plural(tried, 'day')} of the past, knowing only what was "
        "known then. Error: tickets that it was off, as a share of those that came."
    )
    return block_body(says.accuracy(rows), _table(heads, body), note)


def _accuracy_row(row: ModelAccuracy, rows: tuple[ModelAccuracy, ...]) -> Element:
    naive = next(
        (each.mase for each in rows if each.source == row.source and each.model_name == "seasonal_naive"), None
    )
    name = says.MODELS.get(row.model_name, row.model_name)
    if row.source == "kept":
        name = f"{name}, {_SOURCES['kept']}"
    against = phrasing.NOTHING if not row.mase or not naive else says.factor(row.mase / naive)
    is_ours = row.model_name == "combination"
    return element(
        "Tr",
        [
            element("Th", name, scope="row"),
            _number(phrasing.NOTHING if row.wape is None else phrasing.percent(row.wape), is_strong=is_ours),
            _number(phrasing.DASH if row.model_name == "seasonal_naive" else against),
            _number(phrasing.NOTHING if row.coverage_80 is None else phrasing.percent(row.coverage_80)),
        ],
    )


def _number(text: str, *, is_strong: bool = False) -> Element:
    return element("Td", text, className="number strong" if is_strong else "number")


def _table(heads: tuple[str, ...], body: list[Element]) -> Element:
    head = [element("Th", name, scope="col", className="number" if place else "") for place, name in enumerate(heads)]
    return element("Table", [element("Thead", element("Tr", head)), element("Tbody", body)], className="share-table")


def week_block(parts: DemandParts | None) -> list[Element]:
    """Return a bar for each weekday: how it stands to an average day."""
    if parts is None:
        return empty_body("Too little is known to tell weekdays apart.")
    top = max(parts.week) or 1.0
    rows = [
        element(
            "Tr",
            [
                element("Th", name, scope="row"),
                element("Td", _bar(parts.week[place] / top), className="bar-cell"),
                _number(f"{round(100 * parts.week[place])}{THIN}%"),
            ],
        )
        for place, name in enumerate(phrasing.WEEKDAYS)
    ]
    table = element("Table", element("Tbody", rows), className="share-table weekday-bars")
    note = "100\u202f% is an average day. Expected tickets, at the same trend and time of year."
    return block_body(says.weekdays(parts.week), table, note)


def _bar(share: float) -> Element:
    width = {"--share": f"{100 * share:.1f}%", "--mark": "var(--accent)"}
    return element("Span", className="share-bar", style=width, **aria(hidden="true"))


def named_block(parts: DemandParts | None) -> list[Element]:
    """Return holidays and events ahead, with what each is expected to change."""
    if parts is None or not parts.named:
        return empty_body("No holiday or event lies ahead.", "Managers can add events below.")
    rows = [
        element(
            "Tr",
            [
                element("Th", each.name, scope="row"),
                _number(phrasing.weekday_day(each.day)),
                _number(says.factor(each.factor), is_strong=True),
                _number(phrasing.count(each.seen)),
            ],
        )
        for each in parts.named[:14]
    ]
    note = (
        "Learnt from the days of the same name in the history. What was seen on one day or none is a first guess, held"
        " back."
    )
    return block_body(says.named(parts.named), _table(("", "Day", "Change", "Days seen"), rows), note)


def what_if_block(choice: ForecastChoice, ahead: tuple[DayAhead, ...], changed: tuple[float, ...]) -> list[Element]:
    """Return the form that asks what if, and its answer."""
    if not ahead:
        return empty_body("There is no forecast to change.")
    first, last = choice.add_from or ahead[0].day, choice.add_to or ahead[min(27, len(ahead) - 1)].day
    kept = (
        dict(choice.carried) if choice.series_key == TOTAL_SERIES else {"series": choice.series_key, **choice.carried}
    )
    hidden = [element("Input", type="hidden", name=name, value=value) for name, value in kept.items()]
    fields = [
        _field("Change, %", "add", "number", str(choice.add_percent or 20), min="-100", max=str(MOST_PERCENT)),
        _field("From", "add_from", "date", str(first)),
        _field("To", "add_to", "date", str(last)),
        element("Button", "Show", type="submit", className="plain-button"),
    ]
    form = element("Form", [*hidden, *fields], action=PATH, method="get", className="line-form")
    more = sum(changed) - sum(day.expected for day in ahead) if changed else 0.0
    said = "What if a campaign brings more, or a change on the web site spares some?"
    if choice.problem:
        said = choice.problem
    elif choice.add_percent and (last < ahead[0].day or first > ahead[-1].day):
        span = f"{phrasing.day(ahead[0].day)} to {phrasing.day(ahead[-1].day)}"
        said = f"Nothing changes: the days ahead are {span}, so “From” and “To” have to touch them."
    elif changed:
        word = "more" if more >= 0 else "fewer"
        said = (
            f"{choice.add_percent:+d}{THIN}% from {phrasing.day(first)} to {phrasing.day(last)} would be about "
            f"{phrasing.plural(abs(more), 'ticket')} {word}."
        )
    return block_body(said, form, "Changes the chart above only; nothing is saved.")


def events_block(events: tuple[DeskEvent, ...], target: str, token: str | None) -> list[Element]:
    """Return the desk's events, with a form for those who may change them.

    Args:
        events: The latest first.
        target: Address of the form.
        token: Of the form; None for those who only look.
    """
    said = f"{phrasing.plural(len(events), 'event')} entered." if events else "No event has been entered yet."
    rows = [_event_row(event, target, token) for event in events]
    parts = [_table(("", "Days", "Expected", ""), rows)] if rows else []
    if token is not None:
        parts.append(_event_form(target, token))
    note = (
        "School terms, campaigns, moves. The same name every time lets the forecast learn what it changes; until then "
        "the expected change is used. The forecast follows within the hour."
        if token is not None
        else "Managers can add events here."
    )
    return block_body(said, element("Div", parts, className="events"), note)


def _event_row(event: DeskEvent, target: str, token: str | None) -> Element:
    expected = phrasing.NOTHING if event.expected_change is None else says.factor(1 + event.expected_change)
    days = (
        phrasing.day(event.first, with_year=True)
        if event.first == event.last
        else f"{phrasing.days_between(event.first, event.last)} {event.last.year}"
    )
    cells = [element("Th", event.name, scope="row"), _number(days), _number(expected)]
    if token is not None:
        button = element(
            "Button",
            "Remove",
            type="submit",
            name="remove",
            value=str(event.id),
            className="plain-button",
            **aria(label=f"Remove {event.name}"),
        )
        cells.append(element("Td", element("Form", [_token(token), button], action=target, method="post")))
    else:
        cells.append(element("Td", ""))
    return element("Tr", cells)


def _event_form(target: str, token: str) -> Element:
    fields = [
        _token(token),
        _field("Name", "name", "text", "", maxLength=100, required=True),
        _field("First day", "first", "date", "", required=True),
        _field("Last day", "last", "date", ""),
        _field("Expected change, %", "percent", "number", "", min="-99", max="1000"),
        element("Button", "Add event", type="submit", className="plain-button"),
    ]
    return element("Form", fields, action=target, method="post", className="line-form")


def _token(token: str) -> Element:
    return element("Input", type="hidden", name="csrf_token", value=token)


def _field(
    label: str,
    name: str,
    kind: str,
    value: str,
    **props: Any,  # noqa: ANN401 - attributes of an input are text, numbers or flags
) -> Element:
    entry = element("Input", type=kind, name=name, defaultValue=value, className="form-control", **props)
    return element("Label", [element("Span", label), entry])


def days_changed(choice: ForecastChoice, ahead: tuple[DayAhead, ...]) -> tuple[float, ...]:
    """Return what is expected of each day ahead with the what-if's change; empty without one."""
    if not choice.add_percent or not ahead:
        return ()
    first: date = choice.add_from or ahead[0].day
    last: date = choice.add_to or ahead[min(27, len(ahead) - 1)].day
    factor = 1 + choice.add_percent / 100
    return tuple(day.expected * (factor if first <= day.day <= last else 1.0) for day in ahead)
