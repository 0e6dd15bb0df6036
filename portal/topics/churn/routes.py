"""GET /churn/export/customers.csv and pain-points.csv: the lists of the page on leaving, as files."""

import flask
import flask_login

from analytics import pages
from portal.files.attachment import attachment, dated_name
from portal.files.csv_file import MEDIA_TYPE
from portal.frame.services import PortalServices
from portal.topics.churn.dataset import Churn
from portal.topics.churn.export_log import record_customers_export
from portal.topics.churn.files import customers_csv, pain_points_csv
from portal.topics.churn.query import churn


def churn_blueprint(services: PortalServices) -> flask.Blueprint:
    """Return the addresses."""
    blueprint = flask.Blueprint("churn", __name__)

    def export_customers() -> flask.Response:
        found = _found(services)
        with services.editor.begin() as connection:
            record_customers_export(connection, flask_login.current_user.user_name, found)
        return _file(services, customers_csv(found), "customers_to_call", found)

    def export_pain_points() -> flask.Response:
        found = _found(services)
        return _file(services, pain_points_csv(found), "pain_points", found)

    blueprint.add_url_rule(f"{pages.CHURN}/export/customers.csv", "export_customers", export_customers)
    blueprint.add_url_rule(f"{pages.CHURN}/export/pain-points.csv", "export_pain_points", export_pain_points)
    return blueprint


def _found(services: PortalServices) -> Churn | None:
    # The filters only make the links to tickets, which no file has.
    return services.ask(churn, services.filters(""))


def _file(services: PortalServices, content: bytes, name: str, found: Churn | None) -> flask.Response:
    made_at = None if found is None else found.made_at
    return attachment(content, MEDIA_TYPE, dated_name(name, made_at, services.data_version().time_zone))
