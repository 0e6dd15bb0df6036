"""GET /satisfaction/export/weeks, parts and low, each .csv and .xlsx: the page's tables, as files."""

import flask
import flask_login

from analytics import pages
from portal.files.attachment import table_attachment
from portal.frame.services import PortalServices
from portal.topics.satisfaction.address import SPLITS
from portal.topics.satisfaction.export_log import record_low_ratings_export
from portal.topics.satisfaction.files import low_table, parts_table, weeks_table
from portal.topics.satisfaction.query import low_ratings, rated_parts, ratings
from portal.widgets.views import chosen


def satisfaction_blueprint(services: PortalServices) -> flask.Blueprint:
    """Return the addresses."""
    blueprint = flask.Blueprint("satisfaction", __name__)

    def weeks(kind: str) -> flask.Response:
        found = services.ask(ratings, services.filters(_search()))
        return table_attachment(weeks_table(found, services.data_version().time_zone), kind, "csat_over_time")

    def parts(kind: str) -> flask.Response:
        dimension = chosen(SPLITS, _search())
        found = services.ask(rated_parts, services.filters(_search()), dimension)
        return table_attachment(parts_table(found, services.data_version().time_zone), kind, f"csat_by_{dimension}")

    def low(kind: str) -> flask.Response:
        filters = services.filters(_search())
        with services.reader.connect() as connection:
            found = low_ratings(connection, filters, None)
        with services.editor.begin() as connection:
            record_low_ratings_export(connection, flask_login.current_user.user_name, kind, found, filters)
        return table_attachment(low_table(found, services.data_version().time_zone), kind, "low_ratings")

    for name, export in {"weeks": weeks, "parts": parts, "low": low}.items():
        blueprint.add_url_rule(f"{pages.SATISFACTION}/export/{name}.<any(csv, xlsx):kind>", name, export)
    return blueprint


def _search() -> str:
    return f"?{flask.request.query_string.decode('ascii', 'replace')}"
