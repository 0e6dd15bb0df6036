"""A card with one number, how it changed, and where it leads."""

from dash import html
from dash.development.base_component import Component

from analytics.metrics import Kind
from portal.numbers import phrasing
from portal.topics.overview.dataset import Kpi
from portal.topics.resolution.sla_notes import missed_link, targets_note
from portal.widgets.change import change_notes, change_text
from portal.widgets.definition import definition
from portal.widgets.markup import Element, aria, element
from portal.widgets.sparkline import sparkline

SKELETONS = 6


def kpi_card(kpi: Kpi) -> Element:
    """Return one card. The number is the link; the card's whole face can be pressed."""
    is_level = kpi.metric.kind is Kind.LEVEL
    doubts = [] if kpi.empty else change_notes(kpi.now, kpi.before, kpi.judged, is_level=is_level)
    notes = [] if kpi.sla is None or kpi.empty else [targets_note(kpi.sla)]
    return element("Div", [_head(kpi), _body(kpi), _foot(kpi), *doubts, *notes], className="kpi-card surface")


def kpi_skeletons() -> list[Component]:
    """Return cards of the final size with nothing in them yet."""
    return [html.Div(className="kpi-card surface skeleton") for _ in range(SKELETONS)]


def _head(kpi: Kpi) -> Element:
    return element(
        "Div", [element("H2", kpi.title, className="kpi-title"), definition(kpi.metric)], className="kpi-head"
    )


def _body(kpi: Kpi) -> Element:
    text = phrasing.amount(kpi.now.value, kpi.now.unit, kpi.now.n)
    if kpi.now.value is None:
        return element("Div", element("Span", text, className="kpi-value is-empty"), className="kpi-body")
    number = element(
        "A", text, href=kpi.href, className="kpi-value", **aria(label=f"{kpi.title}: {text}. Show the tickets")
    )
    return element("Div", [number, sparkline(kpi.trend, is_running=kpi.is_running)], className="kpi-body")


def _foot(kpi: Kpi) -> Element:
    if kpi.empty:
        return element("Div", element("Span", kpi.empty, className="kpi-why"), className="kpi-foot")
    aside = missed_link(kpi.sla) if kpi.sla else element("Span", kpi.aside, className="kpi-aside")
    if kpi.before is None:
        return element("Div", aside, className="kpi-foot")
    is_level = kpi.metric.kind is Kind.LEVEL
    change = change_text(kpi.now, kpi.before, kpi.metric.better, kpi.compared_to, kpi.judged, is_level=is_level)
    return element("Div", [change, aside], className="kpi-foot")
