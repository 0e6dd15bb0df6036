"""Whether the portal lives, and whether it can answer."""

from typing import Final

import sqlalchemy as sa
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from portal.web.errors import answer_for
from portal.web.own_paths import ALIVE, READY
from warehouse.tables.desk import users
from warehouse.tables.ops import data_version

_NOT_CACHED: Final = {"Cache-Control": "no-store"}


def health_routes(reader: sa.Engine, editor: sa.Engine) -> list[Route]:
    """Return /healthz, which asks nobody, and /readyz, which asks the database.

    Args:
        reader: Engine of the pages.
        editor: Engine of the log-in.
    """

    async def healthz(_request: Request) -> JSONResponse:
        return JSONResponse({"status": "ok"}, headers=_NOT_CACHED)

    def readyz(_request: Request) -> JSONResponse:
        try:
            with reader.connect() as connection:
                connection.execute(sa.select(data_version.c.version)).one()
            with editor.connect() as connection:
                connection.execute(sa.select(users.c.id).limit(1))
        except sa.exc.SQLAlchemyError as error:
            reason = answer_for(error).sentence
            return JSONResponse({"status": "not ready", "reason": reason}, 503, headers=_NOT_CACHED)
        return JSONResponse({"status": "ready"}, headers=_NOT_CACHED)

    return [Route(ALIVE, healthz, methods=["GET"]), Route(READY, readyz, methods=["GET"])]
