"""The addresses below /customers that are no page: the list as files, and where calls are marked."""

from typing import Final

import flask
import flask_login
from werkzeug.wrappers import Response

from analytics import pages
from analytics.customer_ids import customer_id, customer_path
from portal.auth.manager import asking_manager
from portal.files.attachment import table_attachment
from portal.frame.services import PortalServices
from portal.frame.way_back import way_back
from portal.numbers.calls import latest_calls
from portal.topics.customers.address import BY, SORT
from portal.topics.customers.commands import mark_call, undo_call
from portal.topics.customers.export_log import record_export
from portal.topics.customers.files import customers_table
from portal.topics.customers.forms import CALLS_ADDRESS
from portal.topics.customers.query import ranking
from portal.widgets.views import chosen

_MOST: Final = 100_000
"""Rows that a file has at most."""
_LONGEST_FIELD: Final = 2_000


def customers_blueprint(services: PortalServices) -> flask.Blueprint:
    """Return the addresses."""
    blueprint = flask.Blueprint("customers", __name__)

    def export(kind: str) -> flask.Response:
        search = flask.request.query_string.decode("ascii", "replace")
        with services.reader.connect() as connection:
            found = ranking(connection, services.filters(search), chosen(BY, search), chosen(SORT, search), 1, _MOST)
            calls = latest_calls(connection, [row.customer for row in found.rows if row.customer is not None])
        with services.editor.begin() as connection:
            record_export(connection, flask_login.current_user.user_name, kind, found)
        return table_attachment(customers_table(found, calls, services.data_version().time_zone), kind, "customers")

    def change_calls() -> Response:
        actor = asking_manager()
        return _changed(services, actor)

    blueprint.add_url_rule(f"{pages.CUSTOMERS}/export.<any(csv, xlsx):kind>", "export", export)
    blueprint.add_url_rule(CALLS_ADDRESS, "change_calls", change_calls, methods=["POST"])
    return blueprint


def _changed(services: PortalServices, actor: str) -> Response:
    """Mark a call or take a mark back, and lead back to the customer."""
    form = {name: flask.request.form.get(name, "")[:_LONGEST_FIELD] for name in ("undo", "customer", "outcome", "note")}
    with services.editor.begin() as connection:
        if form["undo"]:
            customer = customer_id(undo_call(connection, actor, form["undo"]))
        else:
            mark_call(connection, actor, form["customer"], form["outcome"], form["note"])
            customer = form["customer"]
    return way_back(services, customer_path(customer))
