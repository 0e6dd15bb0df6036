"""The tabs of the queue: each is an address that can be saved, with how many tickets it lists."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from analytics.lateness import Lateness
from analytics.vocabulary import REPEATED_CONTACTS
from portal.numbers import phrasing
from portal.topics.tickets.address import ALL, CREATED, TicketList
from portal.topics.tickets.queue_query import BACKLOG, TABS
from portal.widgets.markup import Element, aria, element

_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        ALL: "Open",
        "due_today": "Due today",
        "overdue": "Overdue",
        "missed": "Missed",
        "unassigned": "Unassigned",
        "frustrated": "Frustrated",
    }
)
_MEANINGS: Final = (
    "Open: not solved at the last refresh, whenever they were created.",
    "Due today: the next target falls due before midnight by the desk’s clock.",
    "Overdue: a running target is past its time.",
    "Missed: a target was missed already; the answer may have come since.",
    "Unassigned: nobody has the ticket.",
    f"Frustrated: what the customer wrote sounds so, it was opened again, or there were {REPEATED_CONTACTS} contacts.",
)
_KEYS: Final = "Keys: j and k walk the list, and 1 to 7 choose a tab. The question mark shows them all."


def queue_sentence(counts: Mapping[str, int]) -> str:
    """Return what the queue wants now: "23 tickets are overdue, 4 of them by a day or more. 41 more fall due …"."""
    if not counts:
        return ""
    overdue, due, nobody = counts["overdue"], counts["due_today"], counts["unassigned"]
    late = f"{phrasing.plural(overdue, 'ticket')} {_is(overdue)} overdue" if overdue else "No ticket is overdue"
    late += _by_days(overdue, counts[Lateness.DAYS] + counts[Lateness.WEEKS])
    more = " more" if overdue else ""
    rest = (
        f"{phrasing.count(due)}{more} {'falls' if due == 1 else 'fall'} due today" if due else "Nothing falls due today"
    )
    alone = f"; {phrasing.count(nobody)} {'has' if nobody == 1 else 'have'} nobody" if nobody else ""
    return f"{late}. {rest}{alone}."


def _by_days(overdue: int, long_late: int) -> str:
    if not long_late:
        return ""
    if long_late < overdue:
        return f", {phrasing.count(long_late)} of them by a day or more"
    return ", all of them by a day or more" if overdue > 1 else ", by a day or more"


def queue_tabs(listed: TicketList, queue: TicketList, counts: Mapping[str, int]) -> list[Element]:
    """Return the sentence and the tabs; nothing where the filters fit no ticket at all.

    Args:
        listed: What is listed.
        queue: The open tickets of now, with the same filters.
        counts: Part -> how many.
    """
    if not counts:
        return []
    links = [_tab(listed, replace(queue, part=part), counts[part]) for part in TABS]
    is_all = (listed.metric, listed.part, listed.clock) == (CREATED, ALL, ())
    links.append(_link("All tickets", None, listed.without_drill_down().href(), is_here=is_all))
    tabs = element("Nav", links, className="queue-tabs", **aria(label="Queue"))
    row = element("Div", [tabs, _meanings()], className="queue-row")
    return [element("P", queue_sentence(counts), className="queue-sentence"), row]


def _tab(listed: TicketList, tab: TicketList, count: int) -> Element:
    is_here = (listed.metric, listed.part, listed.clock) == (BACKLOG, tab.part, ())
    return _link(_NAMES[tab.part], count, tab.href(), is_here=is_here)


def _link(name: str, count: int | None, href: str, *, is_here: bool) -> Element:
    shown: list[Element | str] = (
        [] if count is None else [" ", element("Span", phrasing.count(count), className="queue-count")]
    )
    here = aria(current="page") if is_here else {}
    return element("A", [name, *shown], href=href, className="queue-tab", **here)


def _meanings() -> Element:
    button = element(
        "Summary",
        element("Span", "i", **aria(hidden="true")),
        className="definition-button",
        **aria(label="What the tabs mean"),
    )
    lines = [element("Strong", "The queue"), *(element("P", line) for line in (*_MEANINGS, _KEYS))]
    return element("Details", [button, element("Div", lines, className="definition-text")], className="definition")


def _is(count: int) -> str:
    return "is" if count == 1 else "are"
