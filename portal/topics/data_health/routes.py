"""The addresses of the Data health page: managers only, by forms with a token; files for their owner only."""

from collections.abc import Callable
from typing import Final

import flask
import sqlalchemy as sa
from werkzeug.wrappers import Response

from analytics import pages
from portal.auth.manager import asking_manager
from portal.frame.services import PortalServices
from portal.topics.data_health import commands, forms
from warehouse.audit_log import record
from warehouse.work_queue import queue
from warehouse.work_queue.work import State, Work, WorkError

PATH: Final = pages.DATA_HEALTH
_ANSWER: Final = "answer:"


def data_health_blueprint(services: PortalServices) -> flask.Blueprint:
    """Return the addresses. The guard has checked session and token before."""
    blueprint = flask.Blueprint("data_health", __name__)
    uploads = _Uploads(services)

    def queued(step: Callable[[sa.Connection, str], int]) -> Response:
        actor = asking_manager()
        with services.editor.begin() as connection:
            step(connection, actor)
        return flask.redirect(f"{PATH}?told=queued", 303)

    def shown(step: Callable[[sa.Connection, str], int]) -> Response:
        actor = asking_manager()
        with services.editor.begin() as connection:
            number = step(connection, actor)
        return flask.redirect(f"{PATH}?import={number}", 303)

    def look() -> Response:
        form = flask.request.form
        fields = {name.removeprefix(_ANSWER): text for name, text in form.items() if name.startswith(_ANSWER)}
        return shown(lambda connection, actor: commands.answered(connection, actor, _asked(connection, actor), fields))

    def carry_out() -> Response:
        return shown(lambda connection, actor: commands.carry_out(connection, actor, _asked(connection, actor)))

    def undo() -> Response:
        number = commands.number(flask.request.form.get("undo", ""))
        return queued(lambda connection, actor: commands.undo(connection, actor, number))

    def run() -> Response:
        return queued(lambda connection, actor: commands.run_job(connection, actor, flask.request.form.get("job", "")))

    def cancel() -> Response:
        actor, number = asking_manager(), commands.number(flask.request.form.get("work", ""))
        with services.editor.begin() as connection:
            queue.cancel(connection, number, actor)
        return flask.redirect(f"{PATH}?told=cancelled", 303)

    posts: dict[str, Callable[..., Response]] = {
        forms.LOOK: look,
        forms.IMPORT: carry_out,
        forms.UNDO: undo,
        forms.REPLAY: lambda: queued(commands.replay),
        forms.RUN: run,
        forms.CANCEL: cancel,
        forms.UPLOADS: uploads.begin,
        f"{forms.UPLOADS}/<int:number>/pieces/<int:place>": uploads.take,
        f"{forms.UPLOADS}/<int:number>/whole": uploads.end,
    }
    for address, view in posts.items():
        blueprint.add_url_rule(address, address.rpartition("/")[2] + str(len(address)), view, methods=["POST"])
    blueprint.add_url_rule(f"{forms.FILES}/<int:number>", "file", lambda number: _file(services, number))
    return blueprint


class _Uploads:
    """Takes a file piece by piece, so that each is an ordinary request: guarded, small, and of a signed-in manager."""

    def __init__(self, services: PortalServices) -> None:
        self._services = services

    def begin(self) -> Response:
        actor, form = asking_manager(), flask.request.form
        with self._services.editor.begin() as connection:
            number = commands.begin_upload(
                connection, actor, form.get("name", ""), form.get("size", ""), form.get("rows", "")
            )
        return flask.jsonify(number=number)

    def take(self, number: int, place: int) -> Response:
        actor = asking_manager()
        with self._services.editor.connect() as connection:
            work = queue.work_of(connection, number, actor)
        commands.take_piece(self._services.artefacts(), work, place, flask.request.get_data(cache=False))
        return flask.jsonify(taken=place)

    def end(self, number: int) -> Response:
        actor = asking_manager()
        with self._services.editor.begin() as connection:
            work = queue.work_of(connection, number, actor)
            commands.end_upload(connection, self._services.artefacts(), work)
        return flask.jsonify(address=f"{PATH}?import={number}")


def _asked(connection: sa.Connection, actor: str) -> Work:
    return queue.work_of(connection, commands.number(flask.request.form.get("work", "")), actor)


def _file(services: PortalServices, number: int) -> Response:
    """Return the file that a work of the reader's own has made."""
    actor = asking_manager()
    with services.editor.begin() as connection:
        work = queue.work_of(connection, number, actor)
        if work.state != State.DONE or work.file_name is None:
            message = "This work has made no file."
            raise WorkError(message)
        record(connection, actor, "download_file", str(number), {"kind": work.kind})
    response = flask.Response(services.artefacts().reading(number), content_type="application/octet-stream")
    response.headers.set("Content-Disposition", "attachment", filename=work.file_name)
    return response
