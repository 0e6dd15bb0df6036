"""The watcher refreshes when tickets change, and survives losing the database connection."""

import threading
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from etl.running.watch import watch
from tests.integration.conftest import Database
from warehouse.engine import DatabaseRole


class Watcher:
    """A watcher in a thread of its own that counts its refreshes."""

    def __init__(self, engine: sa.Engine) -> None:
        self._stop = threading.Event()
        self._refreshed = threading.Semaphore(0)
        self._thread = threading.Thread(target=watch, args=(engine, self._refreshed.release, self._stop.is_set))
        self._thread.start()

    def wait_for_refresh(self) -> bool:
        """Tell whether a refresh came within a generous time."""
        return self._refreshed.acquire(timeout=45)

    def stop(self) -> None:
        """End the thread."""
        self._stop.set()
        self._thread.join(45)
        assert not self._thread.is_alive()


@pytest.fixture
def watcher(database: Database) -> Iterator[Watcher]:
    engine = database.engine_as(DatabaseRole.ETL_WRITER)
    running = Watcher(engine)
    yield running
    running.stop()
    engine.dispose()


def _add_ticket(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(
            sa.text(
                "insert into support.support_tickets (customer_email, subject, content)"
                " values ('a@example.org', 'Order', 'Where is it?')"
            )
        )


def test_what_waited_while_nobody_watched_is_refreshed_first(watcher: Watcher) -> None:
    assert watcher.wait_for_refresh()


def test_a_new_ticket_is_followed_by_a_refresh(watcher: Watcher, database: Database) -> None:
    assert watcher.wait_for_refresh()
    _add_ticket(database)
    assert watcher.wait_for_refresh()


def test_a_lost_connection_is_made_again_and_the_refresh_is_not_forgotten(watcher: Watcher, database: Database) -> None:
    assert watcher.wait_for_refresh()
    with database.engine.begin() as connection:
        connection.execute(
            sa.text(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where pid <> pg_backend_pid() and datname = current_database()"
            )
        )
    assert watcher.wait_for_refresh()
