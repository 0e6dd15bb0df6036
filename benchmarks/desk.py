"""Made-up desks for measurements, which are made once and kept outside the checkout.

They are template databases of an embedded server below `SUPPORT_BENCH_DIR` (default: the user's cache). Each benchmark
gets its own copy, which is dropped afterwards, so it may change anything in it.
"""

import contextlib
import hashlib
import os
import secrets
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

import sqlalchemy as sa

import standalone.bookshop
import warehouse.migrations
from standalone.bookshop.effects_file import read_effects
from standalone.bookshop.loading import load
from warehouse.embedded.postgres import RunningServer, connect_or_start
from warehouse.engine import DatabaseRole, create_engine_for
from warehouse.migrations import migrate

_SEED: Final = 1
_UNTIL: Final = date(2026, 7, 1)
_SOURCES: Final = (standalone.bookshop, warehouse.migrations)


@contextlib.contextmanager
def made_desk(tickets: int, role: DatabaseRole | None = DatabaseRole.ETL_WRITER) -> Iterator[sa.Engine]:
    """Yield an engine on a fresh copy of a desk, whose marts have not been built.

    Args:
        tickets: How many tickets the desk has; a desk of each size is made once.
        role: The role that the engine's sessions work as.
    """
    with connect_or_start(_directory()) as server:
        template = f"desk_{tickets}_{_fingerprint()}"
        if template not in _databases(server):
            _make(server, template, tickets)
        name = f"copy_{secrets.token_hex(4)}"
        _administer(server, f'create database "{name}" template "{template}" strategy file_copy')
        engine = create_engine_for(server.url(name), role)
        try:
            yield engine
        finally:
            engine.dispose()
            _administer(server, f'drop database "{name}" with (force)')


def _directory() -> Path:
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return Path(os.environ.get("SUPPORT_BENCH_DIR") or cache / "support-analytics" / "bench")


def _fingerprint() -> str:
    """Return a hash of generator and schema: a desk that was made by other code has to be made again."""
    digest = hashlib.sha256()
    for package in _SOURCES:
        directory = Path(str(package.__file__)).parent
        for path in sorted(path for path in directory.rglob("*") if path.suffix in {".py", ".sql", ".toml"}):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


def _make(server: RunningServer, template: str, tickets: int) -> None:
    """Make a desk and rename it at the end, so that an unfinished desk is never used."""
    print(f"Making a desk of {tickets:,} tickets in {_directory()}, the first time only.", flush=True)
    for old in _databases(server):
        if old.startswith((f"desk_{tickets}_", "unfinished_", "copy_")):
            _administer(server, f'drop database "{old}" with (force)')
    unfinished = f"unfinished_{secrets.token_hex(4)}"
    _administer(server, f'create database "{unfinished}"')
    migrate(create_engine_for(server.url(unfinished), poolclass=sa.NullPool))
    owner = create_engine_for(server.url(unfinished), DatabaseRole.OWNER, poolclass=sa.NullPool)
    began = time.perf_counter()
    load(owner, tickets, _SEED, read_effects(), _UNTIL)
    seconds = time.perf_counter() - began
    _administer(server, f'alter database "{unfinished}" rename to "{template}"')
    print(f"Made in {seconds:.0f} s, {tickets / seconds:,.0f} tickets/s.", flush=True)


def _databases(server: RunningServer) -> list[str]:
    with _administrator(server) as connection:
        return list(connection.execute(sa.text("select datname from pg_database")).scalars())


def _administer(server: RunningServer, statement: str) -> None:
    with _administrator(server) as connection:
        connection.execute(sa.text(statement))


@contextlib.contextmanager
def _administrator(server: RunningServer) -> Iterator[sa.Connection]:
    engine = create_engine_for(server.url("postgres"), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        yield connection
