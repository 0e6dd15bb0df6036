"""The first line of the Overview: what is happening now, and what falls due."""

from portal.topics.overview import conclusion
from portal.topics.overview.dataset import AttentionItem
from portal.widgets.markup import Element, element
from portal.widgets.why_nothing import WhyNothing


def headline(items: tuple[AttentionItem, ...], why: WhyNothing) -> list[Element | str]:
    """Return one sentence; each part of it leads to the tickets that it speaks of.

    Args:
        items: What needs attention, the most urgent first.
        why: Tells whether a ticket was ever recorded: without one there is nothing to say.
    """
    if not why.is_recorded("created"):
        return []
    change, due = conclusion.headline(items)
    said: list[Element | str] = [
        element("A", conclusion.attention(item)[0], href=item.href) if item else conclusion.unremarkable(kind)
        for item, kind in ((change, "change"), (due, "due"))
    ]
    return [said[0], "; ", said[1], "."] if change or due else [conclusion.unremarkable("both")]
