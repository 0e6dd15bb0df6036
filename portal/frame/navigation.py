"""The portal's pages, at the side on a desk and at the bottom on a phone."""

from dash import html

from portal.frame.page import Page
from portal.numbers.filters import TicketFilters
from portal.widgets.markup import attributes


def navigation(pages: tuple[Page, ...], path: str, filters: TicketFilters | None = None) -> list[html.Ul]:
    """Return the links to all pages; each has the filters that the reader chose himself.

    Args:
        pages: In their order, sections together.
        path: Path shown now.
        filters: His choice; what a link set on the page shown now stays behind. None when it is not known.
    """
    sections = dict.fromkeys(page.section for page in pages)
    return [_section(section, tuple(p for p in pages if p.section == section), path, filters) for section in sections]


def _section(section: str, pages: tuple[Page, ...], path: str, filters: TicketFilters | None = None) -> html.Ul:
    heading = [html.Li(section, className="nav-heading")] if section else []
    return html.Ul([*heading, *(html.Li(_link(page, path, filters)) for page in pages)], className="nav-list")


def _link(page: Page, path: str, filters: TicketFilters | None = None) -> html.A:
    is_here = page.matches(path)
    icon = html.Span(className=f"nav-icon nav-icon-{page.slug}", **attributes({"aria-hidden": "true"}))
    return html.A(
        [icon, html.Span(page.title)],
        href=filters.href(page.path) if filters else page.path,
        className="nav-link is-here" if is_here else "nav-link",
        **attributes({"aria-current": "page" if is_here else "false"}),
    )
