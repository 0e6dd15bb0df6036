"""Why a card has nothing to show: it was never recorded, or the period and the filters leave none of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from portal.numbers.filters import Period, TicketFilters
from portal.widgets.chart_card import ChartContent, Empty, empty_lines, nothing_but
from portal.widgets.markup import Element, element

_NEVER: Final[Mapping[str, tuple[str, str]]] = {
    "created": ("No tickets are recorded yet.", "They come with an import."),
    "resolution_time": ("No solved tickets are recorded yet.", "They come with an import of solved tickets."),
    "first_reply_time": ("No replies are recorded yet.", "They come with an import of the tickets’ messages."),
    "next_reply_time": ("No further replies are recorded yet.", "They come with an import of the tickets’ messages."),
    "sla_tickets_met": ("No SLA target has ended yet.", "Targets are set for each priority; see the i."),
    "csat": ("No ratings are recorded yet.", "They come with an import of ratings."),
    "backlog": ("No tickets are recorded yet.", "They come with an import."),
}
_HERE: Final[Mapping[str, str]] = {
    "created": "No tickets{matching} came in{when}.",
    "resolution_time": "No tickets{matching} were solved{when}.",
    "first_reply_time": "No tickets{matching} got a first reply{when}.",
    "next_reply_time": "No tickets{matching} got a further reply{when}.",
    "sla_tickets_met": "No tickets{matching} had an SLA target that ended{when}.",
    "csat": "No tickets{matching} were rated{when}.",
    "backlog": "No tickets{matching} were open at the end of any day shown.",
}


@dataclass(frozen=True, slots=True)
class WhyNothing:
    """Knows why there is nothing, and the way to where there is something.

    Attributes:
        filters: Of the page.
        is_recorded: Tells whether anything was ever measured of a metric; asked only where a card is empty.
        kept: Further parameters of the page's address.
    """

    filters: TicketFilters
    is_recorded: Callable[[str], bool]
    kept: Mapping[str, str] = field(default_factory=dict)

    def of(self, metric: str) -> Empty:
        """Return why there is nothing of a metric."""
        said = _like(metric)
        # A desk where all is solved has had open tickets all the same.
        if not self.is_recorded("created" if said == "backlog" else metric):
            return Empty(*_NEVER[said])
        matching = " that match these filters" if self.filters.where else ""
        when = "" if self.filters.period is Period.ALL else " during these days"
        return Empty(_HERE[said].format(matching=matching, when=when), "", self._ways_out())

    def content(self, metric: str) -> ChartContent:
        """Return the content of a chart's card."""
        return nothing_but(self.of(metric))

    def body(self, metric: str) -> list[Element]:
        """Return the body of a card drawn with HTML alone."""
        return [element("P", empty_lines(self.of(metric)), className="empty")]

    def _ways_out(self) -> tuple[tuple[str, str], ...]:
        """Return links to the same page with fewer filters, and with all days; the reader's choice is carried on."""
        unfiltered, ever = replace(self.filters, where=()), replace(self.filters, period=Period.ALL)
        ways = (("Remove the filters", unfiltered, bool(self.filters.where)), ("Show all time", ever, not self._is_all))
        return tuple((words, way.to_search(self.kept) or "?") for words, way, is_offered in ways if is_offered)

    @property
    def _is_all(self) -> bool:
        return self.filters.period is Period.ALL


def _like(metric: str) -> str:
    """Return the metric whose sentence it is: times in business hours are missing for the same reasons as others."""
    starts = ("first_reply", "next_reply", "resolution")
    return next((f"{start}_time" for start in starts if metric.startswith(start)), metric)
