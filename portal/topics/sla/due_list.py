"""The tickets that are about to miss a target, the soonest first."""

from portal.numbers import phrasing
from portal.topics.sla import conclusion as says
from portal.topics.sla.dataset import AboutToMiss, DueGroup, DueRow, KeptSplit, When
from portal.topics.sla.sentences import SENTENCES
from portal.widgets.markup import Element, aria, element

_TONES = {When.SOON: "bad", When.TODAY: "", When.MORNING: "muted"}


def headline_block(dataset: AboutToMiss, kept: KeptSplit) -> list[Element]:
    """Return the page's one sentence, and below it who is missing."""
    said = [element("A", says.headline(dataset, kept), href=dataset.href)]
    lines = [element("P", said, className="sla-said")]
    nobody = says.unassigned(dataset)
    if nobody:
        lines.append(element("P", element("A", nobody, href=dataset.unassigned_href), className="note"))
    return lines


def due_block(dataset: AboutToMiss) -> list[Element]:
    """Return the card's body: a table for each stretch of time, with the way to all of its tickets."""
    if dataset.now is None or not dataset.count:
        return [element("P", f"{SENTENCES['due.none']}.", className="empty")]
    foot = element(
        "Div",
        [
            element("P", _note(dataset), className="note"),
            element("A", f"Open {_all(dataset.count)}", href=dataset.href, className="plain-button"),
        ],
        className="card-foot",
    )
    groups = [_group(group) for group in dataset.groups if group.count]
    return [element("P", says.due(dataset), className="conclusion"), *groups, foot]


def _all(count: int) -> str:
    return f"all {phrasing.count(count)} as tickets" if count > 1 else "it as a list"


def _note(dataset: AboutToMiss) -> str:
    at = "" if dataset.now is None else f"As of {dataset.now:%H:%M}. "
    return f"{at}Time left counts the open hours of the policy’s calendar; the bar is its part of the promise."


def _group(group: DueGroup) -> Element:
    title = SENTENCES[f"group.{group.when}"]
    more = group.count - len(group.rows)
    link = [element("A", f"{phrasing.count(more)} more", href=group.href, className="due-more")] if more else []
    caption = element("H3", [f"{title} ", element("A", phrasing.count(group.count), href=group.href)])
    head = element("Div", [caption, *link], className="due-head")
    rows = [_row(row, _TONES[group.when]) for row in group.rows]
    table = element("Table", element("Tbody", rows), className="due-table", **aria(label=title))
    return element("Div", [head, table], className="due-group")


def _row(row: DueRow, tone: str) -> Element:
    share = min(1.0, row.left_minutes / row.promised_minutes) if row.promised_minutes else 0.0
    bar = element("Span", className=f"due-bar {tone}", style={"--share": f"{100 * share:.0f}%"}, **aria(hidden="true"))
    subject = row.subject or f"Ticket {row.ticket_id}"
    overdue = [element("Span", SENTENCES["also_overdue"], className="interval-aside")] if row.is_overdue else []
    agent = row.agent or SENTENCES["nobody"]
    return element(
        "Tr",
        [
            element("Td", phrasing.duration(row.left_minutes), className=f"due-left {tone}"),
            element("Td", bar, className="due-bar-cell"),
            element("Td", f"{row.due_at:%H:%M}", className="due-at"),
            element("Th", [element("A", subject, href=row.href), *overdue], scope="row"),
            element("Td", SENTENCES[f"target.{row.target}"], className="due-target"),
            element("Td", agent, className="due-agent" if row.agent else "due-agent nobody"),
        ],
    )
