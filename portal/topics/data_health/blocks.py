"""The blocks of the Data health page: ask, draw, and offer managers what they may do."""

from typing import Any, Final

import flask_login
from dash import Dash, Input, Output, State, no_update
from flask_wtf.csrf import generate_csrf

from analytics.errors import SupportAnalyticsError
from portal.auth.manager import is_manager
from portal.frame.page import URL, Asked, Block, Drawn
from portal.frame.presence import stay_unless
from portal.frame.services import PortalServices
from portal.numbers.parameters import parameters
from portal.topics.data_health import cards, conclusion, forms, ids
from portal.topics.data_health import query as health
from portal.topics.data_health.dataset import WorkRow
from portal.topics.data_health.routes import PATH, data_health_blueprint
from portal.widgets.markup import Element, element

_MESSAGES: Final = {
    "queued": "Queued. It goes on in the background, also when this page is closed.",
    "cancelled": "Cancelled.",
}
_ONLY_MANAGERS: Final = "Only managers see this."
_LONGEST_NUMBER: Final = 15


def register(app: Dash, services: PortalServices) -> None:
    """Register the addresses, and the callback that looks at the queue again and again."""
    app.server.register_blueprint(data_health_blueprint(services))

    @app.callback(
        [Output(ids.WORK, "children"), Output(ids.IMPORT, "children"), Output(ids.IMPORT_STATE, "data")],
        [Input(ids.LOOK, "n_intervals"), Input(URL, "search")],
        [State(URL, "pathname"), State(ids.IMPORT_STATE, "data")],
    )
    def look(_ticks: int, search: str | None, path: str, state: str | None) -> list[Any]:
        stay_unless(path == PATH)
        if not is_manager():
            return [_refused(), _refused(), ""]
        asked = Asked(search or "", "light")
        own = _own(services, asked)
        now = "none" if own is None else f"{own.id} {own.state} {own.step} {own.done} {own.is_stopping}"
        # What a manager is filling in stays as it is while nothing has changed.
        drawn: Any = no_update if now == state else cards.import_card(own, generate_csrf())
        return [_work(services, asked), drawn, now]


def _told(services: PortalServices, asked: Asked) -> Drawn:
    fields = parameters(asked.search)
    if is_manager() and (number := _number(fields.get("undo", ""))):
        with services.editor.connect() as connection:
            row = next((each for each in health.imports(connection) if each.id == number), None)
        if row is not None and row.undone_at is None:
            ask = element("P", conclusion.undo_question(row), className="notice", role="status")
            return ([ask, forms.small_form(forms.UNDO, generate_csrf(), "Take it back", undo=str(number))],)
    words = _MESSAGES.get(fields.get("told", ""), "")
    return ([element("P", words, className="notice", role="status")] if words else [],)


def _own(services: PortalServices, asked: Asked) -> WorkRow | None:
    """Return the import that an address asks for; None where it is not the reader's, or there is none."""
    number = _number(parameters(asked.search).get("import", ""))
    if not number:
        return None
    try:
        with services.editor.connect() as connection:
            return health.own_work(connection, services.artefacts(), number, _reader())
    except SupportAnalyticsError:
        return None


def _work(services: PortalServices, asked: Asked) -> list[Element]:
    with services.editor.connect() as connection:
        found = health.background(connection, services.artefacts(), _reader())
    token, zone = generate_csrf(), services.data_version().time_zone
    exports = cards.export_forms(token, parameters(asked.search).get("export", ""))
    return [exports, *cards.work_list(found, _reader(), token, zone)]


def _imports(services: PortalServices, _asked: Asked) -> Drawn:
    if not is_manager():
        return (_refused(),)
    with services.editor.connect() as connection:
        return (cards.imports_table(health.imports(connection), services.data_version().time_zone),)


def _quarantine(services: PortalServices, asked: Asked) -> Drawn:
    if not is_manager():
        return (_refused(),)
    with services.editor.connect() as connection:
        found = health.quarantine(connection, _number(parameters(asked.search).get("rows", "")) or 1)
    again = [forms.small_form(forms.REPLAY, generate_csrf(), "Try them again")] if found.total else []
    return ([*cards.quarantine_table(found), *again],)


def _jobs(services: PortalServices, _asked: Asked) -> Drawn:
    with services.editor.connect() as connection:
        lines = cards.jobs_table(health.jobs(connection), services.data_version().time_zone)
    return ([*lines, *([forms.run_form(generate_csrf())] if is_manager() else [])],)


def _rules(services: PortalServices, _asked: Asked) -> Drawn:
    with services.editor.connect() as connection:
        return (cards.rules_table(health.rules(connection), services.data_version().time_zone),)


def _refused() -> list[Element]:
    return [element("P", _ONLY_MANAGERS, className="empty")]


def _reader() -> str:
    return str(flask_login.current_user.user_name)


def _number(text: str) -> int:
    """Return the number in an address; 0 where there is none."""
    return int(text) if text.isdecimal() and text.isascii() and len(text) <= _LONGEST_NUMBER else 0


BLOCKS: Final = (
    Block((Output(ids.TOLD, "children"),), _told),
    Block((Output(ids.IMPORTS, "children"),), _imports, comes_later=True),
    Block((Output(ids.QUARANTINE, "children"),), _quarantine, comes_later=True),
    Block((Output(ids.RULES, "children"),), _rules, comes_later=True),
    Block((Output(ids.JOBS, "children"),), _jobs, comes_later=True),
)
