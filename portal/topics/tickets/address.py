"""What the Tickets page lists. The address holds all of it: filters, the number clicked, search, order and place.

Example:
    `?channel=email&metric=sla_attainment&part=numerator&q=refund&sort=-resolution` is the tickets with an SLA
    target met, from e-mail, that speak of a refund, the longest resolution first.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Final, Self

from analytics import pages
from analytics.customer_ids import customer_hash
from analytics.metrics import METRICS, Kind, Metric
from portal.numbers.filters import Days, TicketFilters, from_search
from portal.numbers.parameters import parameters
from portal.topics.tickets.dataset import PageEnd
from table_files.workbook import ROWS_A_SHEET

PATH: Final = pages.TICKETS
XLSX_ROWS: Final = ROWS_A_SHEET - 1
"""Tickets that fit a sheet of Excel under its heading."""
ALL: Final = "all"
CUSTOMER: Final = "customer"
"""Parameter with the customer whose tickets alone are listed."""
ORGANISATION: Final = "organisation"
"""Parameter with the organisation whose tickets alone are listed."""
CREATED: Final = "created"
CLOCKS: Final[Mapping[str, int]] = {"hour_of_week": 168, "weekday": 7, "hour": 24}
"""Clock name in an address -> how many values it has."""
_PRECISIONS: Final = ("time", "date")
_LONGEST_WORDS: Final = 200
_PART: Final = re.compile(r"[a-z_]{1,20}|\d{1,12}\.\.\d{1,12}", re.ASCII)
_PLACE: Final = re.compile(r"([0-9a-f]{8})\.(\d{1,9})\.(\d{1,18})\.(.*)", re.ASCII | re.DOTALL)
_LARGEST_KEY: Final = 2**31 - 1
_NUMBER: Final = re.compile(r"#?\s*(\d{1,18})", re.ASCII)


class SortBy(StrEnum):
    """What a list can be sorted by."""

    CREATED = "created"
    RESOLVED = "resolved"
    FIRST_REPLY = "first_reply"
    RESOLUTION = "resolution"
    PRIORITY = "priority"
    DUE = "due"


INSTANTS: Final = frozenset({SortBy.CREATED, SortBy.RESOLVED, SortBy.DUE})
"""What is sorted by an instant; the others are whole numbers."""


@dataclass(frozen=True, slots=True)
class Order:
    """How a list is sorted; the ticket number breaks ties, and tickets without a value come last.

    Attributes:
        by: What it is sorted by.
        is_descending: Latest, longest or most urgent first.
    """

    by: SortBy = SortBy.CREATED
    is_descending: bool = True

    @property
    def text(self) -> str:
        """The order as it is written in an address."""
        return f"{'-' if self.is_descending else ''}{self.by}"


def default_order(metric: str) -> Order:
    """Return how a list is sorted where nothing else is asked: what is open by what is due, all else newest first."""
    return Order(SortBy.DUE, is_descending=False) if METRICS[metric].kind is Kind.LEVEL else Order()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins.

    Attributes:
        end: The last ticket of the page before, or the first one of the page after.
        is_backward: Whether the page ends before it instead of beginning after it.
    """

    end: PageEnd
    is_backward: bool = False

    @property
    def is_end(self) -> bool:
        """Whether it is the place after the last ticket."""
        return self.is_backward and self.end.key is None and self.end.ticket_id == 0


@dataclass(frozen=True, slots=True)
class TicketList:
    """A list of tickets, without a place in it.

    Attributes:
        filters: Period and dimensions.
        metric: Slug of the number whose tickets they are.
        part: Which part of the number, as in `warehouse.metric_query.ticket_ids`.
        clock: (name, value): hour_of_week, weekday, hour or precision, in this order.
        words: What was searched for; "" lists all.
        order: How they are sorted.
        customer: Of which customer alone, as `analytics.customer_ids` writes it; "" is every customer.
        organisation: Of whose customers alone; "" is all.
    """

    filters: TicketFilters
    metric: str = CREATED
    part: str = ALL
    clock: tuple[tuple[str, str], ...] = ()
    words: str = ""
    order: Order = Order()
    customer: str = ""
    organisation: str = ""

    @property
    def measured(self) -> Metric:
        """The metric whose tickets they are."""
        return METRICS[self.metric]

    @property
    def is_drill_down(self) -> bool:
        """Whether a number elsewhere led here."""
        return (self.metric, self.part, self.clock) != (CREATED, ALL, ())

    @property
    def number(self) -> int | None:
        """The internal number that was searched for; None when the words are no number."""
        matched = _NUMBER.fullmatch(self.words)
        return int(matched[1]) if matched else None

    @property
    def source_numbers(self) -> tuple[str, ...]:
        """What a ticket's number in its source may be, if it was searched for; a # before it is no part of it."""
        return tuple(dict.fromkeys((self.words, self.words.removeprefix("#").strip())))

    @property
    def email(self) -> str | None:
        """The customer's address that was searched for; None when the words are none."""
        return self.words if "@" in self.words and " " not in self.words else None

    @property
    def signature(self) -> str:
        """Tells one list from another, so that a place in one is never used in another."""
        named = (self.filters.start, self.filters.end, self.filters.where, self.metric, self.part, self.clock)
        return sha256(
            repr((named, self.words, self.order, self.customer, self.organisation)).encode("utf-8", "replace")
        ).hexdigest()[:8]

    def without_drill_down(self) -> Self:
        """Return all tickets of the same filters."""
        order = Order() if self.order == default_order(self.metric) else self.order
        return replace(self, metric=CREATED, part=ALL, clock=(), order=order)

    def to_search(self, place: Place | None = None) -> str:
        """Return the part of an address after the path."""
        extra = {} if self.metric == CREATED else {"metric": self.metric}
        extra |= {} if self.part == ALL else {"part": self.part}
        extra |= dict(self.clock)
        extra |= {"q": self.words} if self.words else {}
        extra |= {CUSTOMER: self.customer} if self.customer else {}
        extra |= {ORGANISATION: self.organisation} if self.organisation else {}
        extra |= {} if self.order == default_order(self.metric) else {"sort": self.order.text}
        if place is not None:
            key = "" if place.end.key is None else place.end.key
            written = f"{self.signature}.{place.end.position}.{place.end.ticket_id}.{key}"
            extra |= {"before" if place.is_backward else "after": written}
        return self.filters.to_search(extra)

    def href(self, place: Place | None = None) -> str:
        """Return the link to the list, or to one of its pages."""
        return f"{PATH}{self.to_search(place)}"


def read_list(search: str, days: Days) -> tuple[TicketList, Place | None, tuple[str, ...]]:
    """Read what an address lists. What cannot be used falls back, with a sentence that says so.

    A metric that does not exist is for `refuse_unknown_metric` to tell, as no other list may stand for its tickets.

    Args:
        search: The address after its path.
        days: The days there is data for.

    Returns:
        The list, the place in it (None: its beginning) and the notices, without those about the filters.
    """
    filters, _ = from_search(search, days)
    pairs = parameters(search)
    notices: list[str] = []
    metric, part = _number(pairs, notices)
    clock = _clock(pairs, notices)
    words = read_words(pairs.get("q", ""))
    order = _order(metric, pairs.get("sort", ""), notices)
    customer, organisation = _customer(pairs.get(CUSTOMER, ""), notices), read_words(pairs.get(ORGANISATION, ""))
    listed = TicketList(filters, metric, part, clock, words, order, customer, organisation)
    return listed, _place(pairs, listed), tuple(notices)


def read_words(text: str) -> str:
    """Return what was searched for, without characters that no text has, and not too long."""
    return " ".join(text.replace("\x00", " ").encode("utf-8", "replace").decode().split())[:_LONGEST_WORDS].strip()


def _customer(text: str, notices: list[str]) -> str:
    if text and customer_hash(text) is None:
        notices.append("The customer in the address cannot be read, so the tickets of all customers are listed.")
        return ""
    return text


def _number(pairs: Mapping[str, str], notices: list[str]) -> tuple[str, str]:
    metric, part = pairs.get("metric", CREATED), pairs.get("part", ALL)
    if metric not in METRICS:
        return CREATED, ALL
    if not _PART.fullmatch(part):
        notices.append("The part of the number in the address cannot be read, so all its tickets are listed.")
        return metric, ALL
    return metric, part


def _clock(pairs: Mapping[str, str], notices: list[str]) -> tuple[tuple[str, str], ...]:
    given = tuple((name, pairs[name]) for name in (*CLOCKS, "precision") if name in pairs)
    read = tuple(pair for pair in given if _is_clock(*pair))
    if read != given:
        notices.append("The hour or the day of the week in the address is not known, so it is left out.")
    return read


def _is_clock(name: str, value: str) -> bool:
    if name == "precision":
        return value in _PRECISIONS
    return (
        len(value) <= len("167")
        and value.isascii()
        and value.isdecimal()
        and str(int(value)) == value
        and int(value) < CLOCKS[name]
    )


def _order(metric: str, text: str, notices: list[str]) -> Order:
    if not text:
        return default_order(metric)
    name = text.removeprefix("-")
    if name not in set(SortBy):
        notices.append("The order in the address is not known, so the usual one is taken.")
        return default_order(metric)
    return Order(SortBy(name), text.startswith("-"))


def _place(pairs: Mapping[str, str], listed: TicketList) -> Place | None:
    """Return the place in the list; None when there is none, or it belongs to another list."""
    is_backward = "before" in pairs
    matched = _PLACE.fullmatch(pairs.get("before" if is_backward else "after", ""))
    if matched is None or matched[1] != listed.signature:
        return None
    key = matched[4]
    if key and not _is_key(listed.order.by, key):
        return None
    return Place(PageEnd(key or None, int(matched[3]), int(matched[2])), is_backward)


def _is_key(by: SortBy, key: str) -> bool:
    try:
        if by in INSTANTS:
            return datetime.fromisoformat(key).tzinfo is not None
        return key.isascii() and len(key) <= len(str(_LARGEST_KEY)) and 0 <= int(key) <= _LARGEST_KEY
    except ValueError:
        return False


def last_place(total: int) -> Place:
    """Return the place after the last ticket of a list, so that the last page can be read from the end."""
    return Place(PageEnd(None, 0, total), is_backward=True)
