"""What needs somebody now, worst first."""

from portal.topics.overview import conclusion
from portal.topics.overview.dataset import AttentionItem
from portal.widgets.markup import Element, element
from portal.widgets.why_nothing import WhyNothing

_URGENT = "Nothing needs attention: no targets overdue or due by 10:00 of the next day, no old open tickets, no surge"
_NOTHING = f"{_URGENT}, no category clearly slower."
_NOT_COMPARED = f"{_URGENT}. No earlier days are compared."
_NOTHING_HERE = "Nothing needs attention among the tickets that match these filters."


def attention_list(items: tuple[AttentionItem, ...], why: WhyNothing) -> Element:
    """Return the list; it says so plainly when nothing needs attention, and of which tickets that is said."""
    if not items and not why.is_recorded("created"):
        return element("P", why.of("created").said, className="empty")
    if not items:
        nothing = _NOTHING if why.filters.compared() else _NOT_COMPARED
        return element("P", _NOTHING_HERE if why.filters.where else nothing, className="empty")
    return element("Ul", [_item(item) for item in items], className="attention-list")


def _item(item: AttentionItem) -> Element:
    title, detail = conclusion.attention(item)
    return element(
        "Li",
        [
            element("A", title, href=item.href, className="attention-title"),
            element("P", detail, className="attention-detail"),
        ],
        className=f"attention-item {item.tone}",
    )
