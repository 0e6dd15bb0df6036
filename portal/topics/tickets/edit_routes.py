"""The addresses that the forms of a ticket's page are sent to: managers only, by a form with a token."""

from typing import Final
from urllib.parse import urlencode, urlsplit

import flask
from werkzeug.wrappers import Response

from portal.auth.manager import asking_manager
from portal.frame.services import PortalServices
from portal.numbers.parameters import parameter_pairs
from portal.topics.tickets.address import PATH
from portal.topics.tickets.bulk import BULK_ADDRESS, MOST, BulkEdit, checked_bulk, too_many
from portal.topics.tickets.edit_commands import change_tickets, undo_change
from portal.topics.tickets.edit_forms import UNDO_ADDRESS
from portal.topics.tickets.edits import InvalidEditError, checked_change, checked_edit
from portal.topics.tickets.query import listed_ids
from portal.topics.tickets.routes import exact_list
from portal.topics.tickets.ticket_address import DONE

_LONGEST_FIELD: Final = 1_000


def edit_blueprint(services: PortalServices) -> flask.Blueprint:
    """Return the addresses. The guard has checked session and token before."""
    blueprint = flask.Blueprint("ticket_edits", __name__)

    def edit(ticket_id: int) -> Response:
        actor = asking_manager()
        form = {name: value[:_LONGEST_FIELD] for name, value in flask.request.form.items()}
        change = checked_edit(form)
        with services.editor.begin() as connection:
            made = change_tickets(connection, actor, (ticket_id,), change)
        return _back(f"{PATH}/{ticket_id}", f"{form['change']}.{made}")

    def correct() -> Response:
        actor, form = asking_manager(), flask.request.form
        bulk = checked_bulk(form, form.getlist("ticket"))
        chosen = bulk.tickets or _whole_list(services, bulk)
        with services.editor.begin() as connection:
            made = change_tickets(connection, actor, chosen, bulk.correction)
        return _back(None, f"{bulk.correction.field}.{made}.{len(set(chosen))}")

    def undo() -> Response:
        actor, change = asking_manager(), checked_change(flask.request.form.get("change", ""))
        with services.editor.begin() as connection:
            undo_change(connection, actor, change)
        return _back(None, "")

    blueprint.add_url_rule(f"{PATH}/<int(max=999999999999999999):ticket_id>/edit", "edit", edit, methods=["POST"])
    blueprint.add_url_rule(BULK_ADDRESS, "correct", correct, methods=["POST"])
    blueprint.add_url_rule(UNDO_ADDRESS, "undo", undo, methods=["POST"])
    return blueprint


def _whole_list(services: PortalServices, bulk: BulkEdit) -> tuple[int, ...]:
    """Return the tickets of the list that was shown, if it still has as many."""
    listed = exact_list(services, bulk.search)
    found = services.ask(listed_ids, listed, MOST + 1)
    if len(found) > MOST:
        raise too_many()
    if len(found) != bulk.expected:
        message = f"The list has changed since it was shown: it has {len(found)} tickets now."
        raise InvalidEditError(message, "Nothing was changed. Go back and look again.")
    return found


def _back(path: str | None, done: str) -> Response:
    """Return the way back to the page whose form was sent, with the list that its address keeps."""
    before = urlsplit(flask.request.referrer or "")
    is_ours = f"{before.scheme}://{before.netloc}/" == flask.request.host_url and f"{before.path}/".startswith(
        f"{PATH}/"
    )
    kept = [pair for pair in parameter_pairs(before.query if is_ours else "") if pair[0] != DONE]
    pairs = [*kept, (DONE, done)] if done else kept
    where = path or (before.path if is_ours else PATH)
    return flask.redirect(f"{where}?{urlencode(pairs)}" if pairs else where, 303)
