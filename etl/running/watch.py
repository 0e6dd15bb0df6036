"""Keeps the marts current: waits for changes and refreshes at most once a second."""

import logging
import select
import time
from collections.abc import Callable
from contextlib import closing
from typing import Any, Final

import sqlalchemy as sa

logger = logging.getLogger(__name__)

CHANNEL: Final = "support_ticket_changes"
_LEAST_PAUSE_SECONDS: Final = 1.0
_IDLE_SECONDS: Final = 60.0
_LONGEST_BACKOFF_SECONDS: Final = 30.0


def watch(engine: sa.Engine, refresh: Callable[[], float | None], should_stop: Callable[[], bool]) -> None:
    """Refresh whenever tickets change, until told to stop.

    The first refresh handles changes that were queued while nobody watched. Without a change there is still a refresh
    every minute, so a lost notification delays a change by a minute at most. A lost connection is tried again, with
    growing pauses.

    Args:
        engine: Database to listen on.
        refresh: Handles the changes, for example by bringing the marts up to date; called from this thread only.
            Returns the seconds after which to call it again even without a change; None means a minute.
        should_stop: Asked between waits, at least once a second.
    """
    backoff = _LEAST_PAUSE_SECONDS
    while not should_stop():
        try:
            with closing(engine.raw_connection()) as connection:
                _listen(connection)
                backoff = _LEAST_PAUSE_SECONDS
                _refresh_until_stopped(connection, refresh, should_stop)
        except (sa.exc.DBAPIError, _driver_errors(engine)) as error:
            fields = {"error": type(error).__name__, "next_try_seconds": backoff}
            logger.warning("database lost", extra={"fields": fields})
            _pause(backoff, should_stop)
        backoff = min(2 * backoff, _LONGEST_BACKOFF_SECONDS)


def _driver_errors(engine: sa.Engine) -> type[Exception]:
    error: type[Exception] = engine.dialect.import_dbapi().Error
    return error


def _listen(connection: Any) -> None:  # noqa: ANN401 - the driver's connection has no public type
    with connection.cursor() as cursor:
        cursor.execute(f"LISTEN {CHANNEL}")
    connection.commit()


def _refresh_until_stopped(
    connection: Any,  # noqa: ANN401 - the driver's connection has no public type
    refresh: Callable[[], float | None],
    should_stop: Callable[[], bool],
) -> None:
    while not should_stop():
        again_in = refresh()
        began = time.monotonic()
        _wait_for_change(connection, should_stop, min(again_in or _IDLE_SECONDS, _IDLE_SECONDS))
        _pause(_LEAST_PAUSE_SECONDS - (time.monotonic() - began), should_stop)


def _wait_for_change(connection: Any, should_stop: Callable[[], bool], most_seconds: float) -> None:  # noqa: ANN401 - as above
    driver = connection.driver_connection
    gives_up_at = time.monotonic() + most_seconds
    while time.monotonic() < gives_up_at and not should_stop():
        select.select([driver], [], [], _LEAST_PAUSE_SECONDS)
        driver.poll()
        if driver.notifies:
            driver.notifies.clear()
            return


def _pause(seconds: float, should_stop: Callable[[], bool]) -> None:
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0 and not should_stop():
        time.sleep(min(left, 0.2))
