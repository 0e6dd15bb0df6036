"""Turns errors into statuses."""

import contextlib
import logging
import traceback
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import grpc

from classifier_service.errors import ClassifierError
from classifier_service.serving.errors import status_of
from classifier_service.serving.grpc_types import Context
from classifier_service.serving.interceptors.around_calls import AroundCalls

_LOGGER: Final = logging.getLogger(__name__)


class ErrorInterceptor(AroundCalls):
    """Turns errors into statuses, by the table in `serving.errors`."""

    @contextlib.asynccontextmanager
    async def around(self, method: str, context: Context) -> AsyncIterator[None]:
        """Answer a call that raises an error with the error's status."""
        try:
            yield
        except grpc.aio.AbortError:
            raise
        except Exception as error:  # noqa: BLE001 - every error has to leave the server as a status
            if not isinstance(error, ClassifierError):
                fields = {"method": method, "error": type(error).__name__, "where": _where(error)}
                _LOGGER.error("a call failed", extra={"fields": fields})  # noqa: TRY400 - the message may hold data
            status = status_of(error)
            await context.abort(status.code, status.details, status.trailing_metadata)


def _where(error: Exception) -> str:
    """Return the file and line where an error arose, which reveal nothing of a ticket."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
