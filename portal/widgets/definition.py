"""The small i beside a title: opens what the number means."""

from dash import html

from analytics.metrics import Clock, Metric
from portal.widgets.markup import aria

ACCURACY = "Medians and 90th percentiles are within 2\u202f% of the exact value; whole days are exact."


def definition(metric: Metric, *, extra: str = "") -> html.Details:
    """Return a disclosure, reachable by keyboard, with a metric's definition, anchor and clock.

    Args:
        metric: What is defined.
        extra: A sentence that holds in this place only.
    """
    facts = [f"Counts what is {metric.anchor}." if metric.anchor.startswith(("created", "happened")) else ""]
    if metric.clock is not Clock.NONE:
        facts.append(
            "Counts business hours only." if metric.clock is Clock.BUSINESS else "Counts nights and weekends too."
        )
        facts.append(ACCURACY)
    sentences = [metric.definition, metric.pitfall, " ".join(fact for fact in facts if fact), extra]
    return explanation(f"What {metric.label} means", metric.label, tuple(line for line in sentences if line))


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
