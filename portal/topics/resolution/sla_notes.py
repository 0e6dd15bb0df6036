"""What stands beside the share of tickets that met their SLA: tickets missed, the share of targets, whose targets."""

from portal.numbers import phrasing
from portal.topics.resolution.dataset import Examples, SlaMet
from portal.topics.resolution.sentences import SENTENCES
from portal.widgets.markup import Element, element


def missed_link(sla: SlaMet) -> Element:
    """Return how many tickets missed a target, as a link to exactly those."""
    words = SENTENCES["sla.missed"].format(count=phrasing.count(sla.missed))
    return element("A", words, href=sla.missed_href, className="kpi-aside kpi-link")


def targets_note(sla: SlaMet) -> Element:
    """Return the share of single targets met, as a link to their tickets, and whether the targets are only examples."""
    parts: list[Element | str] = []
    if sla.targets.value is not None:
        words = SENTENCES[f"sla.targets.{sla.target}"].format(share=phrasing.percent(sla.targets.value))
        parts.append(element("A", words, href=sla.targets_href, className="kpi-link"))
    if sla.examples is not Examples.NONE:
        words = SENTENCES[f"sla.examples.{sla.examples}"]
        parts += ["; ", words] if parts else [words]
    return element("Div", parts, className="kpi-why")
