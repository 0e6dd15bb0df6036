"""GET /churn/export/customers and pain-points, each .csv and .xlsx: the lists of the page on leaving, as files."""

from datetime import datetime

import flask
import flask_login

from analytics import pages
from portal.files.attachment import table_attachment
from portal.frame.services import PortalServices
from portal.topics.churn.dataset import Churn
from portal.topics.churn.export_log import record_customers_export
from portal.topics.churn.files import customers_table, pain_points_table
from portal.topics.churn.query import churn


def churn_blueprint(services: PortalServices) -> flask.Blueprint:
    """Return the addresses."""
    blueprint = flask.Blueprint("churn", __name__)

    def export_customers(kind: str) -> flask.Response:
        found, zone, made_at = _found(services)
        with services.editor.begin() as connection:
            record_customers_export(connection, flask_login.current_user.user_name, kind, found)
        return table_attachment(customers_table(found, zone), kind, "customers_to_call", made_at)

    def export_pain_points(kind: str) -> flask.Response:
        found, zone, made_at = _found(services)
        return table_attachment(pain_points_table(found, zone), kind, "pain_points", made_at)

    files = {"customers": export_customers, "pain-points": export_pain_points}
    for name, export in files.items():
        blueprint.add_url_rule(f"{pages.CHURN}/export/{name}.<any(csv, xlsx):kind>", name, export)
    return blueprint


def _found(services: PortalServices) -> tuple[Churn | None, str, datetime | None]:
    """Return the latest analysis, the reporting zone, and when the analysis was made."""
    # The filters only make the links to tickets, which no file has.
    found = services.ask(churn, services.filters(""))
    return found, services.data_version().time_zone, None if found is None else found.made_at
