"""An embedded server that is archived, and brought back to a moment."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.integration.standalone.processes import eventually
from warehouse.embedded.errors import ServerInUseError
from warehouse.embedded.postgres import EmbeddedPostgres
from warehouse.engine import create_engine_for
from warehouse.wal_archive.archive_directory import ArchiveDirectory
from warehouse.wal_archive.errors import ArchiveStoreError, NotRecoverableError
from warehouse.wal_archive.following import SLOT, Following, follow
from warehouse.wal_archive.recovering import Recovered, recover

LOSABLE = {"fsync": "off"}
_IS_FOLLOWED = "select exists (select from pg_stat_replication where application_name = 'pg_receivewal')"
_IS_ARCHIVED = "select exists (select from pg_stat_replication where flush_lsn >= pg_current_wal_flush_lsn())"


@dataclass(frozen=True, slots=True)
class ArchivedServer:
    """A server and its archive.

    Attributes:
        data_dir: Of the server.
        archive: Its archive.
    """

    data_dir: Path
    archive: ArchiveDirectory

    @contextmanager
    def running(self) -> Iterator[sa.Engine]:
        """Start it, and archive what is done to it; all of that is archived when the block is left."""
        with EmbeddedPostgres(self.data_dir, settings=LOSABLE) as server:
            engine = create_engine_for(server.url(), poolclass=sa.NullPool, isolation_level="AUTOCOMMIT")
            with self.followed(server.url()):
                yield engine
                assert eventually(lambda: is_archived(engine))

    @contextmanager
    def followed(self, url: sa.URL) -> Iterator[None]:
        """Archive in a thread, with a first base backup at the start."""
        stop, failures = threading.Event(), list[BaseException]()

        def work() -> None:
            following = Following(url, self.archive, timedelta(days=7), lambda _line: None)
            try:
                follow(following, lambda: datetime.now(UTC), lambda: not stop.wait(0.05))
            except BaseException as error:  # noqa: BLE001 - told in the test's own thread
                failures.append(error)

        thread = threading.Thread(target=work)
        thread.start()
        try:
            assert eventually(lambda: bool(failures) or self._is_usable(url))
            if not failures:
                yield
        finally:
            stop.set()
            thread.join()
        if failures:
            raise failures[0]

    def _is_usable(self, url: sa.URL) -> bool:
        with create_engine_for(url, poolclass=sa.NullPool).connect() as connection:
            is_followed = connection.exec_driver_sql(_IS_FOLLOWED).scalar_one()
        return bool(is_followed and self.archive.bases())

    def recover(self, until: datetime | None) -> Recovered:
        """Bring it back."""
        return recover(self.data_dir, self.archive, until, datetime.now(UTC), lambda _line: None)

    def notes(self) -> list[int]:
        """Start it alone, and return what is in its table."""
        with EmbeddedPostgres(self.data_dir, settings=LOSABLE) as server:
            return notes(create_engine_for(server.url(), poolclass=sa.NullPool))


def is_archived(engine: sa.Engine) -> bool:
    """Say whether everything the server has written has been archived."""
    with engine.connect() as connection:
        return bool(connection.exec_driver_sql(_IS_ARCHIVED).scalar())


def write(engine: sa.Engine, *numbers: int) -> datetime:
    """Add rows, each in a transaction of its own, and return the server's time after them."""
    with engine.connect() as connection:
        connection.exec_driver_sql("create table if not exists note (number int primary key)")
        for number in numbers:
            connection.execute(sa.text("insert into note values (:number)"), {"number": number})
        moment: datetime = connection.exec_driver_sql("select clock_timestamp()").scalar_one()
        return moment


def notes(engine: sa.Engine) -> list[int]:
    """Return what is in the table."""
    with engine.connect() as connection:
        return list(connection.exec_driver_sql("select number from note order by number").scalars())


@pytest.fixture
def server(tmp_path: Path) -> ArchivedServer:
    """Below a path with a space."""
    return ArchivedServer(tmp_path / "my data", ArchiveDirectory(tmp_path / "my archive"))


def test_a_moment_comes_back_and_after_it_the_archive_begins_anew(server: ArchivedServer) -> None:
    """What was done before it is there, what was done after it is not; what was there is kept, and life goes on."""
    with server.running() as engine:
        write(engine, 1, 2)
        moment = write(engine, 3)
        write(engine, 4)
        with engine.connect() as connection:
            connection.exec_driver_sql("delete from note where number < 3")
    done = server.recover(moment)
    assert server.notes() == [1, 2, 3]
    assert done.last_change is not None
    assert done.last_change <= moment
    assert done.set_aside is not None
    assert (done.set_aside / "PG_VERSION").exists()
    assert done.archive_set_aside is not None
    with server.running() as engine:
        moment = write(engine, 5)
        write(engine, 6)
    server.recover(moment)
    assert server.notes() == [1, 2, 3, 5]


def test_all_that_is_archived_comes_back_after_the_data_was_lost(server: ArchivedServer, tmp_path: Path) -> None:
    """Another machine needs the archive and nothing else, passwords included."""
    with server.running() as engine:
        write(engine, *range(50))
    elsewhere = ArchivedServer(tmp_path / "another machine", server.archive)
    done = elsewhere.recover(None)
    assert done.set_aside is None
    assert elsewhere.notes() == list(range(50))


def test_what_cannot_be_recovered_is_refused_and_nothing_is_touched(server: ArchivedServer) -> None:
    """A server that runs, a moment before the archive or after its end, a damaged base backup."""
    before = datetime.now(UTC)
    with server.running() as engine:
        write(engine, 1)
        with pytest.raises(ServerInUseError, match="is running"):
            server.recover(None)
    with pytest.raises(NotRecoverableError, match="archive begins at"):
        server.recover(before)
    with pytest.raises(NotRecoverableError, match="could not be replayed"):
        server.recover(datetime.now(UTC) + timedelta(days=1))
    packed = server.archive.bases()[0].files / "base.tar.gz"
    content = packed.read_bytes()
    middle = len(content) // 2
    packed.write_bytes(content[:middle] + bytes(1_000) + content[middle + 1_000 :])
    with pytest.raises(NotRecoverableError, match="is damaged"):
        server.recover(None)
    assert server.notes() == [1]
    assert server.archive.bases()


def test_a_damaged_log_is_not_taken_for_its_end(server: ArchivedServer) -> None:
    """What comes before the damage can be had by its moment; all of it is refused, and nothing is touched."""
    with server.running() as engine:
        moment = write(engine, 1)
        for number in (2, 3, 4):
            write(engine, number)
            with engine.connect() as connection:
                connection.exec_driver_sql("select pg_switch_wal()")
    whole = [path for path in server.archive.segments() if not path.name.endswith(".partial")]
    damaged = whole[-2]
    damaged.write_bytes(bytes(damaged.stat().st_size))
    with pytest.raises(NotRecoverableError, match="is damaged"):
        server.recover(None)
    assert server.notes() == [1, 2, 3, 4]
    server.recover(moment)
    assert server.notes() == [1]


def test_a_log_with_a_gap_is_set_aside(server: ArchivedServer) -> None:
    """What the server no longer keeps for the archive cannot be played over."""
    with server.running() as engine:
        write(engine, 1)
        first = server.archive.bases()[0]
    with EmbeddedPostgres(server.data_dir, settings=LOSABLE) as running:
        engine = create_engine_for(running.url(), poolclass=sa.NullPool, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(sa.text("select pg_drop_replication_slot(:slot)"), {"slot": SLOT})
        write(engine, 2)
    with server.running() as engine:
        write(engine, 3)
    assert len(list(server.archive.root.glob("until_*/base/*/base.json"))) == 1
    assert server.archive.bases()[-1].ended_at > first.ended_at
    server.recover(None)
    assert server.notes() == [1, 2, 3]


def test_the_log_is_kept_before_the_first_byte_is_sent(server: ArchivedServer) -> None:
    """The first base backup, or any checkpoint, would remove it otherwise; a second start leaves the slot as it is."""
    with EmbeddedPostgres(server.data_dir, settings=LOSABLE) as running:
        following = Following(running.url(), server.archive, timedelta(days=7), lambda _line: None)
        kept = [kept_from(running.url(), following) for _ in range(2)]
    assert kept[0] is not None
    assert kept[0] == kept[1]


def kept_from(url: sa.URL, following: Following) -> str | None:
    """Return from where on the server keeps its log once the archive is prepared."""
    following.prepare(datetime.now(UTC))
    with create_engine_for(url, poolclass=sa.NullPool).connect() as connection:
        position: str | None = connection.exec_driver_sql("select restart_lsn::text from pg_replication_slots").scalar()
        return position


def test_an_archive_of_another_server_is_not_written_to(server: ArchivedServer, tmp_path: Path) -> None:
    """The two logs would be mixed."""
    with server.running() as engine:
        write(engine, 1)
    before = [path.name for path in server.archive.segments()]
    other = ArchivedServer(tmp_path / "other", server.archive)
    with pytest.raises(ArchiveStoreError, match="belongs to another database"), other.running():
        pass
    assert [path.name for path in server.archive.segments()] == before
