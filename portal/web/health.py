"""Whether the portal lives, and whether it can answer."""

from collections.abc import Callable
from typing import Final

import sqlalchemy as sa
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from analytics.errors import SupportAnalyticsError
from portal.web.errors import DISK_IS_FULL, Answer, answer_for
from portal.web.own_paths import ALIVE, READY
from warehouse.tables.desk import users
from warehouse.tables.ops import data_version

_NOT_CACHED: Final = {"Cache-Control": "no-store"}


def health_routes(reader: sa.Engine, editor: sa.Engine, is_full: Callable[[], bool]) -> list[Route]:
    """Return /healthz, which asks nobody, and /readyz, which asks the database and whether there is room.

    Args:
        reader: Engine of the pages.
        editor: Engine of the log-in.
        is_full: Says whether a disk that is written to is full.
    """

    async def healthz(_request: Request) -> JSONResponse:
        return JSONResponse({"status": "ok"}, headers=_NOT_CACHED)

    def readyz(_request: Request) -> JSONResponse:
        try:
            with reader.connect() as connection:
                connection.execute(sa.select(data_version.c.version)).one()
            with editor.connect() as connection:
                connection.execute(sa.select(users.c.id).limit(1))
        except (sa.exc.SQLAlchemyError, SupportAnalyticsError) as error:
            return _not_ready(answer_for(error))
        if is_full():
            return _not_ready(DISK_IS_FULL)
        return JSONResponse({"status": "ready"}, headers=_NOT_CACHED)

    return [Route(ALIVE, healthz, methods=["GET"]), Route(READY, readyz, methods=["GET"])]


def _not_ready(answer: Answer) -> JSONResponse:
    """Return the answer with a slug for programs and a sentence for whoever looks."""
    content = {"status": "not ready", "reason": answer.reason or "fault", "message": answer.sentence}
    return JSONResponse(content, 503, headers=_NOT_CACHED)
