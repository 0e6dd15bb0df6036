"""The small i beside a title: opens what the number means."""

from dash import html

from analytics.metrics import Anchor, Clock, Metric
from portal.widgets.markup import aria

ACCURACY = "Medians and 90th percentiles are within 2\u202f% of the exact value; whole days are exact."


def definition(metric: Metric, *, extra: str = "") -> html.Details:
    """Return a disclosure, reachable by keyboard, with a metric's definition, anchor and clock.

    Args:
        metric: What is defined.
        extra: A sentence that holds in this place only.
    """
    facts = [] if metric.anchor is Anchor.MOMENT else [f"Counts {anchored(metric)}."]
    if metric.clock is not Clock.NONE:
        facts.append(
            "Counts business hours only." if metric.clock is Clock.BUSINESS else "Counts nights and weekends too."
        )
        facts.append(ACCURACY)
    sentences = [metric.definition, metric.pitfall, " ".join(facts), extra]
    return explanation(f"What {metric.label} means", metric.label, tuple(line for line in sentences if line))


def anchored(metric: Metric) -> str:
    """Return which tickets and events of a period a metric is about, to stand within a sentence."""
    return f"what was {metric.anchor}" if metric.anchor is Anchor.CREATED else f"what {metric.anchor}"


def explanation(label: str, title: str, sentences: tuple[str, ...]) -> html.Details:
    """Return a disclosure with a title and a few sentences.

    Args:
        label: What a screen reader calls the button.
        title: Heading of what opens.
        sentences: One paragraph each.
    """
    return html.Details(
        [
            html.Summary(html.Span("i", **aria(hidden="true")), className="definition-button", **aria(label=label)),
            html.Div([html.Strong(title), *(html.P(line) for line in sentences)], className="definition-text"),
        ],
        className="definition",
    )
