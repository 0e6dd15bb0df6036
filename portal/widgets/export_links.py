"""The links to files: one for each form of a table, side by side."""

from collections.abc import Sequence

from portal.widgets.markup import Element, aria, element
from table_files.forms import FORMS


def export_links(what: str, address: str, search: str = "", kinds: Sequence[str] = tuple(FORMS)) -> list[Element]:
    """Return the links to a table's files.

    Args:
        what: The table holds, as in "Export effects as CSV".
        address: Of the files, without the ending.
        search: What follows in the address.
        kinds: The forms to offer.
    """
    return [
        export_link(f"↓ {FORMS[kind].label}", f"Export {what} as {FORMS[kind].label}", f"{address}.{kind}{search}")
        for kind in kinds
    ]


def export_link(words: str, label: str, href: str) -> Element:
    """Return the link to a file; the label says in full what it holds."""
    return element("A", words, href=href, className="plain-button", download="", title=label, **aria(label=label))


def export_bar(*links: Element) -> Element:
    """Return the links of a card below its table."""
    return element("Div", list(links), className="export-links")
