"""The portal's pages: in groups at the side on a desk, as a few tabs and "More" at the foot of a phone."""

from typing import Final

from dash import html
from dash.development.base_component import Component

from portal.frame.page import Page
from portal.numbers.filters import TicketFilters
from portal.widgets.markup import attributes

TODAY: Final = "Today"
DESK: Final = "Desk"
PEOPLE: Final = "People"
AHEAD: Final = "Ahead"
MANAGE: Final = "Manage"
SECTIONS: Final = (TODAY, DESK, PEOPLE, AHEAD, MANAGE)
"""Headings of the groups, in their order: what is going on, the desk's work, who, what comes, what is set up."""
_MORE: Final = "More"


def navigation(pages: tuple[Page, ...], path: str, filters: TicketFilters | None = None) -> list[Component]:
    """Return the links to all pages in their groups; each has the filters that the reader chose himself.

    Args:
        pages: Those of one group in their order.
        path: Path shown now.
        filters: His choice; what a link set on the page shown now stays behind. None when it is not known.
    """
    grouped = ((section, tuple(page for page in pages if page.section == section)) for section in SECTIONS)
    return [_section(section, some, path, filters) for section, some in grouped if some]


def tabs(pages: tuple[Page, ...], path: str, filters: TicketFilters | None = None) -> list[Component]:
    """Return what the foot of a phone shows: the pages that are tabs, and a menu of all pages."""
    listed = [html.Li(_link(page, path, filters, "tab")) for page in pages if page.is_tab]
    is_elsewhere = not any(page.is_tab and page.matches(path) for page in pages)
    summary = html.Summary(
        [_icon("more"), html.Span(_MORE)], className="more-summary is-here" if is_elsewhere else "more-summary"
    )
    panel = html.Div(navigation(pages, path, filters), className="menu-panel")
    return [html.Ul(listed, className="tab-list"), html.Details([summary, panel], className="menu more")]


def _section(heading: str, pages: tuple[Page, ...], path: str, filters: TicketFilters | None) -> html.Ul:
    links = (html.Li(_link(page, path, filters, "nav-link")) for page in pages)
    return html.Ul([html.Li(heading, className="nav-heading"), *links], className="nav-list")


def _link(page: Page, path: str, filters: TicketFilters | None, kind: str) -> html.A:
    is_here = page.matches(path)
    return html.A(
        [*([_icon(page.slug)] if kind == "tab" else []), html.Span(page.title)],
        href=filters.href(page.path) if filters else page.path,
        className=f"{kind} is-here" if is_here else kind,
        **attributes({"aria-current": "page" if is_here else "false"}),
    )


def _icon(slug: str) -> html.Span:
    return html.Span(className=f"tab-icon nav-icon-{slug}", **attributes({"aria-hidden": "true"}))
