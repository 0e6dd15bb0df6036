"""The numbers of a wait: half within, nine in ten within, how often targets were kept, and how many were measured."""

from collections.abc import Sequence

from analytics.metrics import METRICS, Better, Metric
from portal.numbers import phrasing
from portal.numbers.reading import Judged, Reading
from portal.topics.resolution.charts import unmeasured
from portal.topics.resolution.dataset import DurationSummary, SlaMet
from portal.topics.resolution.sla_notes import missed_link, targets_note
from portal.widgets.change import change_notes, change_text
from portal.widgets.definition import definition
from portal.widgets.markup import Element, aria, element
from portal.widgets.why_nothing import WhyNothing


def duration_summary(dataset: DurationSummary, metric: Metric, why: WhyNothing) -> list[Element]:
    """Return the cards; what was left out is told on the last one."""
    now, before = dataset.now, dataset.before
    compared = why.filters.compared_to
    empty = unmeasured(metric, why).why if now.value is None else ""
    then = None if before is None else Reading(before.p90, before.n, before.unit)
    tail = Reading(now.p90, now.n, now.unit, is_not_known=now.is_not_known)
    halves = [
        _card("Half within", (now, before, dataset.judged), metric, (dataset.href, compared, empty)),
        _card("9 in 10 within", (tail, then, dataset.judged_p90), metric, (dataset.href, compared, empty)),
    ]
    left = f"Left out: {dataset.left_out}" if dataset.left_out else "Nothing left out"
    count = element("Span", phrasing.count(now.n), className="kpi-value")
    measured = _frame("Measured", metric, count, element("Span", left, className="kpi-why"))
    return [*halves, _sla(dataset.sla, why), measured]


def _sla(sla: SlaMet, why: WhyNothing) -> Element:
    metric, text = METRICS["sla_tickets_met"], phrasing.amount(sla.tickets.value, sla.tickets.unit, sla.tickets.n)
    if sla.tickets.value is None:
        nothing = element("Span", why.of("sla_tickets_met").why, className="kpi-why")
        return _frame(metric.label, metric, element("Span", text, className="kpi-value is-empty"), nothing)
    label = f"{metric.label}: {text}. Show the tickets"
    number = element("A", text, href=sla.tickets_href, className="kpi-value", **aria(label=label))
    return _frame(metric.label, metric, number, targets_note(sla), missed_link(sla))


def _card(
    title: str, change: tuple[Reading, Reading | None, Judged], metric: Metric, link: tuple[str, str, str]
) -> Element:
    (now, before, judged), (href, compared, empty) = change, link
    text = phrasing.amount(now.value, now.unit)
    if now.value is None:
        why = element("Span", phrasing.NOT_KNOWN if now.is_not_known else empty, className="kpi-why")
        return _frame(title, metric, element("Span", text, className="kpi-value is-empty"), why)
    number = element("A", text, href=href, className="kpi-value", **aria(label=f"{title}: {text}. Show the tickets"))
    if before is None:
        return _frame(title, metric, number, element("Span", ""))
    words = change_text(now, before, Better.LOWER, compared, judged)
    against = element("Span", compared if before.value is not None else "", className="kpi-aside")
    return _frame(title, metric, number, words, against, notes=change_notes(now, before, judged))


def _frame(title: str, metric: Metric, number: Element, *foot: Element, notes: Sequence[Element] = ()) -> Element:
    head = element("Div", [element("H2", title, className="kpi-title"), definition(metric)], className="kpi-head")
    body = element("Div", number, className="kpi-body")
    line = element("Div", list(foot), className="kpi-foot")
    return element("Div", [head, body, line, *notes], className="kpi-card surface")
