"""The links of a card to its files."""

from collections.abc import Mapping

from portal.widgets.markup import Element, element


def export_links(files: Mapping[str, str]) -> Element:
    """Return the links.

    Args:
        files: What a link says -> the address of its file.
    """
    links = [element("A", says, href=href, download="", className="plain-button") for says, href in files.items()]
    return element("P", links, className="export-links")
