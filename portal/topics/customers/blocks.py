"""The callback of the page of customers: read the address, ask, draw."""

from datetime import UTC, datetime

from dash import Dash, Input, Output
from flask_wtf.csrf import generate_csrf

from analytics import pages
from portal.auth.manager import is_manager
from portal.frame.page import DATA_VERSION, URL
from portal.frame.presence import stay_unless
from portal.frame.services import PortalServices
from portal.numbers.calls import calls_to, latest_calls
from portal.topics.customers import ids
from portal.topics.customers import query as customers
from portal.topics.customers.address import BY, SORT, first_page, read_customer, read_page
from portal.topics.customers.cards import list_view
from portal.topics.customers.dataset import Ranking
from portal.topics.customers.one_cards import nobody, one_view
from portal.topics.customers.one_query import one_customer
from portal.topics.customers.routes import customers_blueprint
from portal.widgets.markup import Children
from portal.widgets.views import chosen


def register(app: Dash, services: PortalServices) -> None:
    """Register the page's callback, its files and its forms."""
    app.server.register_blueprint(customers_blueprint(services))

    @app.callback(
        Output(ids.VIEW, "children"), [Input(URL, "pathname"), Input(URL, "search"), Input(DATA_VERSION, "data")]
    )
    def show(path: str, search: str | None, _version: int) -> list[Children]:
        stay_unless(path == pages.CUSTOMERS or path.startswith(f"{pages.CUSTOMERS}/"))
        asked = search or ""
        return _list(services, asked) if path == pages.CUSTOMERS else _one(services, path, asked)


def _list(services: PortalServices, search: str) -> list[Children]:
    found: Ranking = services.ask(
        customers.ranking, services.filters(search), chosen(BY, search), chosen(SORT, search), read_page(search)
    )
    with services.reader.connect() as connection:
        calls = latest_calls(connection, [row.customer for row in found.rows if row.customer is not None])
    kept = first_page(search)
    return list_view(found, calls, search, f"?{kept}" if kept else "")


def _one(services: PortalServices, path: str, search: str) -> list[Children]:
    filters = services.filters(search)
    back = filters.href(pages.CUSTOMERS)
    customer = read_customer(path)
    found = None if customer is None else services.ask(one_customer, customer, filters)
    if found is None:
        return nobody(back)
    with services.reader.connect() as connection:
        calls = calls_to(connection, found.customer)
    return one_view(found, calls, datetime.now(UTC), back, generate_csrf() if is_manager() else "")
