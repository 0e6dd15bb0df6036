"""What needs somebody now, worst first."""

from portal.topics.overview import conclusion
from portal.topics.overview.dataset import AttentionItem
from portal.widgets.markup import Element, element

_NOTHING = "Nothing needs attention: no overdue targets, no old open tickets, no category clearly slower."


def attention_list(items: tuple[AttentionItem, ...]) -> Element:
    """Return the list; it says so plainly when nothing needs attention."""
    if not items:
        return element("P", _NOTHING, className="empty")
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
