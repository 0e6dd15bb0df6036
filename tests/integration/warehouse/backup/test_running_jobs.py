"""A backup taken while everything works restores to one instant at which the books balance."""

import threading
from datetime import timedelta
from random import Random

import sqlalchemy as sa

from etl.marts.rebuild import rebuild_marts
from etl.marts.refresh import refresh_marts
from tests.factories.desk import add_random_ticket, instant
from tests.integration.etl.marts.test_refresh_equals_rebuild import contents
from tests.integration.warehouse.backup.conftest import NOW, ZONE, BackedUpDesk, EmptyPlace
from warehouse.backup.making import make_backup
from warehouse.backup.opening import open_backup
from warehouse.backup.restoring import restore_backup
from warehouse.engine import create_engine_for

BACKUPS = 6


def _work(desk: BackedUpDesk, stop: threading.Event, tickets: list[int]) -> None:
    """Import, refresh and rebuild without a pause, as no desk ever does."""
    engine, random = create_engine_for(desk.database.url, poolclass=sa.NullPool), Random(9)
    while not stop.is_set():
        with engine.begin() as connection:
            tickets.append(add_random_ticket(connection, random, instant("2026-02-01 00:00")))
        with engine.begin() as connection:
            refresh_marts(connection, ZONE)
        with engine.begin() as connection:
            rebuild_marts(connection, ZONE)


def test_backups_of_a_desk_at_work_restore_to_whole_states(desk: BackedUpDesk, empty_place: EmptyPlace) -> None:
    """Each one equals its own inventory, no rollup is empty, and refreshed marts equal marts rebuilt from nothing."""
    stop, tickets = threading.Event(), list[int]()
    worker = threading.Thread(target=_work, args=(desk, stop, tickets))
    worker.start()
    try:
        made = [make_backup(desk.database.engine, desk.plan, NOW) for _ in range(BACKUPS)]
    finally:
        stop.set()
        worker.join()
    counts = [backup.inventory.tables["support.support_tickets"].rows for backup in made]
    assert counts == sorted(counts)
    assert 200 < counts[-1] <= 200 + len(tickets)
    for number, backup in enumerate(made):
        restore_backup(
            open_backup(desk.plan.store, backup.id, ()),
            empty_place.url,
            empty_place.models,
            NOW + timedelta(minutes=number),
            replace=True,
        )
        assert backup.inventory.tables["marts.fct_tickets"].rows > 0
        _require_balanced(empty_place.url)


def _require_balanced(url: sa.URL) -> None:
    engine = create_engine_for(url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        refresh_marts(connection, ZONE)
    with engine.begin() as connection:
        refreshed = contents(connection)
        rebuild_marts(connection, ZONE)
        assert contents(connection) == refreshed
