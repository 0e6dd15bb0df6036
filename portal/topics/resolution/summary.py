"""The three numbers of a wait: half within, nine in ten within, and how many were measured."""

from analytics.metrics import Better, Metric
from portal.numbers import phrasing
from portal.numbers.filters import COMPARISON_LABELS, TicketFilters
from portal.numbers.reading import Reading
from portal.topics.resolution.dataset import DurationSummary
from portal.widgets.change import change_text
from portal.widgets.definition import definition
from portal.widgets.markup import Element, aria, element


def duration_summary(dataset: DurationSummary, metric: Metric, filters: TicketFilters) -> list[Element]:
    """Return the cards; what was left out is told on the last one."""
    now, before = dataset.now, dataset.before
    compared = COMPARISON_LABELS[filters.compare]
    then = None if before is None else Reading(before.p90, before.n, before.unit)
    tail = Reading(now.p90, now.n, now.unit)
    halves = [
        _card("Half within", now, before, metric, (dataset.href, compared)),
        _card("9 in 10 within", tail, then, metric, (dataset.href, compared)),
    ]
    left = f"Left out: {dataset.left_out}" if dataset.left_out else "Nothing left out"
    count = element("Span", phrasing.count(now.n), className="kpi-value")
    return [*halves, _frame("Measured", metric, count, element("Span", left, className="kpi-why"))]


def _card(title: str, now: Reading, before: Reading | None, metric: Metric, link: tuple[str, str]) -> Element:
    href, compared = link
    text = phrasing.amount(now.value, now.unit)
    if now.value is None:
        return _frame(
            title, metric, element("Span", text, className="kpi-value is-empty"), element("Span", "Nothing measured")
        )
    number = element("A", text, href=href, className="kpi-value", **aria(label=f"{title}: {text}. Show the tickets"))
    if before is None:
        return _frame(title, metric, number, element("Span", ""))
    change = change_text(now, before, Better.LOWER, compared)
    against = compared if before.value is not None else ""
    return _frame(title, metric, number, change, element("Span", against, className="kpi-aside"))


def _frame(title: str, metric: Metric, number: Element, *foot: Element) -> Element:
    head = element("Div", [element("H2", title, className="kpi-title"), definition(metric)], className="kpi-head")
    body = element("Div", number, className="kpi-body")
    return element("Div", [head, body, element("Div", list(foot), className="kpi-foot")], className="kpi-card surface")
