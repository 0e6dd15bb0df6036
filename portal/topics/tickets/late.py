"""How late open tickets are: the grade of each, and the way to those of one grade."""

from dataclasses import replace
from datetime import datetime

from analytics.lateness import Lateness, lateness
from analytics.metrics import Kind
from portal.numbers import phrasing
from portal.topics.tickets.address import ALL, Order, SortBy, TicketList
from portal.topics.tickets.conclusion import GRADES
from portal.topics.tickets.dataset import ListedTickets, SlaOutcome
from portal.widgets.data_table import Cell
from portal.widgets.markup import Element, aria, element


def sla_cell(sla: SlaOutcome, now: datetime) -> Cell:
    """Return how a ticket stands with its targets: the worst there is to say, and how late it is."""
    grade = None if sla.due_at is None else lateness(sla.due_at, now)
    if sla.due_at is not None and grade not in {None, Lateness.SOON}:
        return Cell(late_words(sla.due_at, now), str(grade), "How long a running target is past its time.")
    if sla.missed and grade is None:
        return Cell("Missed", "bad", f"{phrasing.plural(sla.missed, 'target')} missed, {phrasing.count(sla.met)} met")
    if sla.due_at is not None:
        left = phrasing.duration((sla.due_at - now).total_seconds() / 60)
        return Cell(f"Due in {left}", str(grade or ""), "Time until the next running target.")
    if sla.running:
        return Cell("No due time", "", "The clock stands still, or its calendar has too few open hours.")
    return Cell("Met", "good", f"{phrasing.plural(sla.met, 'target')} met") if sla.met else Cell(phrasing.NOTHING)


def late_words(due_at: datetime, now: datetime) -> str:
    """Return how late something is: "Overdue by 40 min", "Overdue by 3 days"."""
    return f"Overdue by {phrasing.duration((now - due_at).total_seconds() / 60)}"


def late_choices(listed: TicketList, found: ListedTickets) -> list[Element]:
    """Return the way from the open tickets to those of each grade, with how many there are; nothing elsewhere."""
    # It counts all open tickets, so it would not be true above a list of some of them.
    is_all = listed.part in {ALL, "overdue", *Lateness}
    if listed.measured.kind is not Kind.LEVEL or not is_all or not any(found.late.values()):
        return []
    parts: list[Element | str] = []
    for grade, words in GRADES.items():
        count = found.late.get(grade, 0)
        if count:
            parts += [", " if parts else "", _choice(listed, grade, f"{phrasing.count(count)} {words}")]
    return [element("P", parts, className="late-choices", **aria(label="Open tickets by how late they are"))]


def _choice(listed: TicketList, grade: Lateness, words: str) -> Element:
    if listed.part == grade:
        return element("Strong", words, className=grade.value)
    order = Order(SortBy.DUE, is_descending=grade is not Lateness.SOON)
    return element("A", words, href=replace(listed, part=grade.value, order=order).href(), className=grade.value)
