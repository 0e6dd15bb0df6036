"""One ticket: what was asked, how it stands, and what happened."""

from collections.abc import Sequence
from datetime import datetime

from portal.numbers import phrasing
from portal.topics.tickets.dataset import TicketRow
from portal.topics.tickets.detail_dataset import Sources, TicketDetail, TimelineEntry, Times
from portal.topics.tickets.field_pairs import field_pairs
from portal.topics.tickets.languages import language_name
from portal.topics.tickets.list import elapsed_text, moment
from portal.topics.tickets.prediction import prediction_lines, set_by
from portal.topics.tickets.sla_lines import sla_lines
from portal.widgets.markup import Children, Element, element

_SUBJECT_SHOWN = 500


def detail_view(
    detail: TicketDetail, back: str, whole: str, now: datetime, edits: Sequence[Element] = ()
) -> list[Element]:
    """Return the ticket.

    Args:
        detail: The ticket.
        back: Link to the list it was chosen from.
        whole: Link to the ticket with its long texts whole.
        now: Present instant, which tells overdue targets from running ones.
        edits: Forms of a manager.
    """
    subject = " ".join(detail.text.subject[:_SUBJECT_SHOWN].split()) or "(no subject)"
    head = [
        element("P", element("A", "← Back to the list", href=back), className="detail-back"),
        element("H2", subject, className="detail-subject", dir="auto"),
        element("P", _byline(detail), className="detail-byline"),
        *_warnings(detail),
    ]
    main = [_block("What was asked", _text(detail, whole)), _block("What happened", _timeline(detail, whole))]
    aside = [_block("Ticket", [_fields(detail)])]
    if edits:
        aside.append(_block("Correct this ticket", list(edits)))
    if detail.prediction is not None:
        aside.append(_block("What the classifier says", prediction_lines(detail.prediction)))
    if detail.times is not None:
        aside.append(_block("Times", [_times(detail.times)]))
    aside.append(_block("SLA", sla_lines(detail, now)))
    columns = [element("Div", main, className="detail-main"), element("Div", aside, className="detail-aside")]
    return [*head, element("Div", columns, className="detail-columns")]


def no_such_ticket(number: str, back: str) -> list[Element]:
    """Return what is shown for a number that no ticket has."""
    lines = [
        element("P", element("A", "← Back to the list", href=back), className="detail-back"),
        element(
            "H2", f"There is no ticket {number}" if number else "There is no such ticket", className="detail-subject"
        ),
        element("P", "It may have been deleted, or the number may be mistyped.", className="empty"),
    ]
    return [element("Div", lines, className="card-block surface")]


def _block(title: str, content: list[Element]) -> Element:
    return element("Section", [element("H3", title, className="card-title"), *content], className="card-block surface")


def _byline(detail: TicketDetail) -> list[Element | str]:
    created = "" if detail.row is None else f", created {moment(detail.row.created)}"
    number = detail.ticket_id if detail.number is None else detail.number.number
    email = detail.text.customer_email or "an unknown customer"
    who = f"{detail.customer_name} ({email})" if detail.customer_name else email
    said = f"Ticket {number}{created}, from "
    return [said, element("A", who, href=detail.customer)] if detail.customer else [f"{said}{who}"]


def _warnings(detail: TicketDetail) -> list[Element]:
    notices = []
    if detail.exclusion is not None:
        notices.append(f"Marked as {detail.exclusion}: this ticket is in no number.")
    if detail.row is None:
        notices.append("This ticket is new or has just changed: its times follow with the next refresh.")
    return [element("P", words, className="notice") for words in notices]


def _text(detail: TicketDetail, whole: str) -> list[Element]:
    text = detail.text
    if not text.content.strip():
        return [element("P", "No text.", className="empty")]
    lines = [element("Div", text.content, className="ticket-text", dir="auto")]
    if text.is_shortened:
        words = f"The first {phrasing.count(len(text.content))} of {phrasing.count(text.length)} characters are shown. "
        lines.append(element("P", [words, element("A", "Show all", href=whole)], className="note"))
    return lines


def _fields(detail: TicketDetail) -> Element:
    pairs: list[tuple[str, Children]] = [("Status", phrasing.prettified(detail.status))]
    pairs += [] if detail.row is None else _facts(detail.row, detail.sources)
    pairs.append(("Language", language_name(detail.text.language or "")))
    if detail.row is not None:
        pairs += [("Organisation", detail.row.organisation), ("Brand", detail.row.brand)]
        pairs += [("Tags", ", ".join(detail.row.tags)), *detail.customs]
    if detail.number is not None:
        pairs += [("Number", detail.number.number), ("Source", detail.number.source)]
        pairs.append(("Internal number", str(detail.ticket_id)))
    return field_pairs(pairs)


def _facts(row: TicketRow, sources: Sources) -> list[tuple[str, Children]]:
    return [
        ("Category", set_by(row.category or "Not set", sources.category if row.category else "")),
        ("Priority", set_by(phrasing.prettified(row.priority), sources.priority)),
        ("Channel", phrasing.prettified(row.channel)),
        ("Customer type", phrasing.prettified(row.customer_type)),
        ("Agent", row.agent or "Nobody"),
        ("Team", row.team or "Not set"),
        ("Resolved", moment(row.resolved)),
        ("Rating", f"{row.rating} of 5" if row.rating else "Not rated"),
    ]


def _times(times: Times) -> Element:
    named = (
        ("First reply", times.first_reply),
        ("First reply, business hours", times.first_reply_business),
        ("Resolution", times.resolution),
        ("Resolution, business hours", times.resolution_business),
        ("Customer waited", times.requester_wait),
        ("Desk waited", times.agent_wait),
        ("On hold", times.on_hold),
        ("Recorded work", times.handle),
    )
    always = {"First reply", "Resolution"}
    return field_pairs([(name, elapsed_text(value)) for name, value in named if value is not None or name in always])


def _timeline(detail: TicketDetail, whole: str) -> list[Element]:
    if not detail.timeline:
        return [element("P", "No messages or changes are recorded.", className="empty")]
    lines = []
    if detail.hidden:
        words = f"The first {phrasing.count(detail.hidden)} entries are left out. "
        lines.append(element("P", [words, element("A", "Show all", href=whole)], className="note"))
    entries = [_entry(entry, whole) for entry in detail.timeline]
    return [*lines, element("Ol", entries, className="timeline")]


def _entry(entry: TimelineEntry, whole: str) -> Element:
    head: list[Element | str] = [element("Strong", entry.title)]
    head += [f" · {entry.who}"] if entry.who else []
    head.append(element("Time", moment(entry.happened), dateTime=entry.happened.isoformat()))
    lines = [element("Div", head, className="timeline-head")]
    if entry.text:
        lines.append(element("Div", entry.text, className="ticket-text", dir="auto"))
    if entry.is_shortened:
        lines.append(element("P", element("A", "Show all", href=whole), className="note"))
    return element("Li", lines, className=f"timeline-entry {entry.tone}")
