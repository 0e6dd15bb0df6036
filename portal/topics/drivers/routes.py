"""GET /drivers/export/effects, shares and correlations, each .csv and .xlsx: the page's tables, as files."""

import flask

from analytics import pages
from portal.files.attachment import table_attachment
from portal.frame.services import PortalServices
from portal.topics.drivers.files import TABLES
from portal.topics.drivers.query import drivers


def driver_blueprint(services: PortalServices) -> flask.Blueprint:
    """Return the addresses."""
    blueprint = flask.Blueprint("drivers", __name__)

    def export(table: str, kind: str) -> flask.Response:
        found = services.ask(drivers)
        made_at = None if found is None else found.made_at
        content = TABLES[table](found, services.data_version().time_zone)
        return table_attachment(content, kind, f"driver_{table}", made_at)

    names = ", ".join(TABLES)
    blueprint.add_url_rule(f"{pages.DRIVERS}/export/<any({names}):table>.<any(csv, xlsx):kind>", "export", export)
    return blueprint
