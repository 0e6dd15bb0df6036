"""A number on a page, the list behind it, both of its files and `query` say the same, whatever is filtered."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

import flask
import openpyxl
import orjson
import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plotly.io.json import to_json_plotly

from analytics import pages
from portal.frame.page import Asked, Page
from portal.frame.services import PortalServices
from portal.topics.registry import PAGES
from portal.topics.tickets.address import PATH, TicketList, read_list
from portal.topics.tickets.query import listed_tickets
from portal.topics.tickets.routes import export_blueprint
from tests.conftest import examples
from tests.factories.portal import make_server, services_on
from tests.integration.conftest import Database
from warehouse import metric_query
from warehouse.metric_query import MetricQuery

_COUNTED = re.compile(r"(?:^|: )([\d,]+)(?:\. Show the tickets)?$")
"""A text that is a number of tickets, alone or at the end of what a screen reader says."""
_MOST_LINKS = 4
"""Links of one page that are followed for one set of filters: the files take most of the time."""
_VALUES = {
    "category": ("book_order", "technical_support", "~"),
    "priority": ("low", "high", "~"),
    "channel": ("email", "chat"),
    "agent": ("Lerato", "~"),
}
_PERIODS = ("period=all", "period=last_90_days", "period=last_7_days", "from=2026-03-01&to=2026-04-15")


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a list of tickets.

    Attributes:
        search: The address of the list after its path.
        count: How many tickets its text says; None where it says something else.
    """

    search: str
    count: int | None


def links(sent: object) -> Iterator[Link]:
    """Yield the links to lists in what is sent to the browser: of texts, and of points of charts."""
    if isinstance(sent, list):
        for part in sent:
            yield from links(part)
    elif isinstance(sent, dict):
        yield from (Link(search, _count(sent)) for search in _lists([sent.get("href")]))
        yield from (Link(search, None) for search in _lists(sent.get("customdata")))
        for part in sent.values():
            yield from links(part)


def _lists(hrefs: object) -> list[str]:
    """Return the addresses of lists after their path."""
    texts = [each for each in hrefs if isinstance(each, str)] if isinstance(hrefs, list) else []
    return [each.partition("?")[2] for each in texts if each == PATH or each.startswith(f"{PATH}?")]


def _count(props: dict[str, Any]) -> int | None:
    said = props.get("aria-label") or props.get("children") or props.get("content")
    found = _COUNTED.search(said) if isinstance(said, str) else None
    return None if found is None else int(found[1].replace(",", ""))


@pytest.fixture(scope="module")
def server() -> flask.Flask:
    """A server without pages."""
    return make_server()


@pytest.fixture(scope="module")
def services(desk_database: Database, server: flask.Flask) -> Iterator[PortalServices]:
    """The portal's way to the desk, and to its files."""
    with services_on(desk_database, server) as services, server.app_context():
        server.register_blueprint(export_blueprint(services))
        yield services


@pytest.fixture(scope="module")
def client(services: PortalServices, server: flask.Flask) -> FlaskClient:
    """A browser of somebody who is logged in."""
    assert services.cache is not None
    return server.test_client()


def searches(page: Page) -> st.SearchStrategy[str]:
    """Return what draws addresses of a page: a period and some of the filters that it has."""
    of_one = [
        st.tuples(st.just(name), st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True))
        for name, values in _VALUES.items()
        if name in page.filters
    ]
    chosen = st.lists(st.one_of(of_one), max_size=2, unique_by=lambda each: each[0]) if of_one else st.just([])
    return st.tuples(st.sampled_from(_PERIODS), chosen).map(
        lambda drawn: "&".join(["?" + drawn[0], *(f"{name}={','.join(values)}" for name, values in drawn[1])])
    )


def drawn_links(page: Page, services: PortalServices, search: str) -> list[Link]:
    """Return each link to a list once that a page shows."""
    asked = Asked(search, "light")
    found = [
        link for block in page.blocks for link in links(orjson.loads(to_json_plotly(list(block.draw(services, asked)))))
    ]
    return sorted(set(found), key=lambda link: (link.search, link.count is None))


def files_of(client: FlaskClient, search: str) -> tuple[list[int], list[int]]:
    """Return the tickets in the CSV file and in the Excel file of a list."""
    text = client.get(f"{PATH}/export.csv?{search}", buffered=True).data.decode("utf-8-sig")
    in_csv = [int(line["Number"]) for line in csv.DictReader(io.StringIO(text, newline=""))]
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{PATH}/export.xlsx?{search}", buffered=True).data))
    assert book.active is not None
    return in_csv, [int(str(row[0])) for row in book.active.iter_rows(min_row=2, values_only=True)]


def queried(services: PortalServices, listed: TicketList) -> int:
    """Return how much `query` counts of what a list shows."""
    filters = listed.filters
    query = MetricQuery(listed.metric, filters.start, filters.end, (), filters.where)
    with services.reader.connect() as connection:
        return len(set(metric_query.ticket_ids(connection, query, part=listed.part).ticket_ids))


_LEADING = tuple(page for page in PAGES if "period" in page.filters and page.blocks and page.path != PATH)
"""Pages with numbers of a period. Tickets leads to no list: it is the list, with tests of its own."""


@pytest.mark.parametrize("page", _LEADING, ids=lambda page: page.slug)
def test_a_number_its_list_its_files_and_query_are_one(
    services: PortalServices, client: FlaskClient, server: flask.Flask, page: Page
) -> None:
    """Of every page, for random filters: each followed link lists what its number says, and so do both files."""
    followed = []

    @settings(max_examples=examples(6), suppress_health_check=[HealthCheck.too_slow])
    @given(searches(page), st.integers(0, 2**16))
    def hold(search: str, seed: int) -> None:
        with server.test_request_context():
            found = drawn_links(page, services, search)
        for link in Random(seed).sample(found, min(_MOST_LINKS, len(found))):
            listed, _, notices = read_list(f"?{link.search}", services.days())
            assert not notices
            total = services.ask(listed_tickets, listed).total
            assert link.count in {None, total}, (search, link)
            in_csv, in_excel = files_of(client, link.search)
            assert len(in_csv) == len(set(in_csv)) == total
            assert in_excel == in_csv
            if not listed.clock and not listed.words:
                assert queried(services, listed) == total
            followed.append(link)

    hold()
    assert followed


def test_the_numbers_of_the_cards_are_read(services: PortalServices, server: flask.Flask) -> None:
    """The test above would hold nothing if it took no number for one."""
    overview = next(page for page in PAGES if page.path == pages.OVERVIEW)
    with server.test_request_context():
        found = drawn_links(overview, services, "?period=all")
    assert any(link.count for link in found)
