"""GET /drivers/export/effects.csv, shares.csv and correlations.csv: the tables of the Drivers page, as files."""

import flask

from analytics import pages
from portal.files.attachment import attachment, dated_name
from portal.files.csv_file import MEDIA_TYPE
from portal.frame.services import PortalServices
from portal.topics.drivers.files import WRITERS
from portal.topics.drivers.query import drivers


def driver_blueprint(services: PortalServices) -> flask.Blueprint:
    """Return the addresses."""
    blueprint = flask.Blueprint("drivers", __name__)

    def export(table: str) -> flask.Response:
        found = services.ask(drivers)
        made_at = None if found is None else found.made_at
        name = dated_name(f"driver_{table}", made_at, services.data_version().time_zone)
        return attachment(WRITERS[table](found), MEDIA_TYPE, name)

    blueprint.add_url_rule(f"{pages.DRIVERS}/export/<any({', '.join(WRITERS)}):table>.csv", "export", export)
    return blueprint
