"""The numbers of a wait: half within, nine in ten within, how often targets were kept, and how many were measured."""

from analytics.metrics import METRICS, Better, Metric
from portal.numbers import phrasing
from portal.numbers.filters import TicketFilters
from portal.numbers.reading import Reading
from portal.topics.resolution.dataset import DurationSummary, SlaMet
from portal.topics.resolution.sentences import SENTENCES
from portal.topics.resolution.sla_notes import missed_link, targets_note
from portal.widgets.change import change_text
from portal.widgets.definition import definition
from portal.widgets.markup import Element, aria, element


def duration_summary(dataset: DurationSummary, metric: Metric, filters: TicketFilters) -> list[Element]:
    """Return the cards; what was left out is told on the last one."""
    now, before = dataset.now, dataset.before
    compared = filters.compared_to
    then = None if before is None else Reading(before.p90, before.n, before.unit)
    tail = Reading(now.p90, now.n, now.unit, is_not_known=now.is_not_known)
    halves = [
        _card("Half within", now, before, metric, (dataset.href, compared)),
        _card("9 in 10 within", tail, then, metric, (dataset.href, compared)),
    ]
    left = f"Left out: {dataset.left_out}" if dataset.left_out else "Nothing left out"
    count = element("Span", phrasing.count(now.n), className="kpi-value")
    measured = _frame("Measured", metric, count, element("Span", left, className="kpi-why"))
    return [*halves, _sla(dataset.sla), measured]


def _sla(sla: SlaMet) -> Element:
    metric, text = METRICS["sla_tickets_met"], phrasing.amount(sla.tickets.value, sla.tickets.unit, sla.tickets.n)
    if sla.tickets.value is None:
        nothing = element("Span", SENTENCES["sla.nothing"], className="kpi-why")
        return _frame(metric.label, metric, element("Span", text, className="kpi-value is-empty"), nothing)
    label = f"{metric.label}: {text}. Show the tickets"
    number = element("A", text, href=sla.tickets_href, className="kpi-value", **aria(label=label))
    return _frame(metric.label, metric, number, targets_note(sla), missed_link(sla))


def _card(title: str, now: Reading, before: Reading | None, metric: Metric, link: tuple[str, str]) -> Element:
    href, compared = link
    text = phrasing.amount(now.value, now.unit)
    if now.value is None:
        why = phrasing.NOT_KNOWN if now.is_not_known else "Nothing measured"
        return _frame(title, metric, element("Span", text, className="kpi-value is-empty"), element("Span", why))
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
