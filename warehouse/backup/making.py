"""Makes a backup: the database at one instant, the models, and a list of the files."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from warehouse.backup.encryption import Writable, encrypted
from warehouse.backup.errors import TablesBusyError
from warehouse.backup.file_tree import FileTree
from warehouse.backup.inventory import Inventory, read_sequences, take_inventory
from warehouse.backup.manifest import MANIFEST, FileEntry, Manifest
from warehouse.backup.programs import program, running, server_major
from warehouse.backup.snapshot import LOCK_WAIT_MILLISECONDS, Snapshot, frozen
from warehouse.backup.store import BackupStore, new_id
from warehouse.backup.streams import Tally, TallyingWriter, copy
from warehouse.migrations import revisions
from warehouse.settings import SIGNING_KEY

DATABASE: Final = "database.dump"
MODELS: Final = "models.tar.gz"
INVENTORY: Final = "inventory.json"
# Only a number, because pg_dump 15 knows no other form.
_COMPRESSION: Final = "4"
_ATTEMPTS: Final = 10


def stored_name(name: str, *, is_encrypted: bool) -> str:
    """Return the stored name of a file of a backup; encrypted files have a suffix."""
    return f"{name}.age" if is_encrypted else name


@dataclass(frozen=True, slots=True)
class BackupPlan:
    """What to back up, and where to.

    Attributes:
        store: Where the backups are stored.
        models: The registry of models and rules; None means that there is none.
        recipients: Public keys of age. Without any, everybody who can read the store can read the backup.
        signing_key: File with the key that signs the models. The key is a secret, so only an encrypted backup holds it.
    """

    store: BackupStore
    models: FileTree | None
    recipients: Sequence[Any] = ()
    signing_key: Path | None = None


@dataclass(frozen=True, slots=True)
class Backup:
    """A complete backup.

    Attributes:
        id: Name of the backup.
        manifest: List of its files.
        inventory: Summary of its database.
    """

    id: str
    manifest: Manifest
    inventory: Inventory


def _say_nothing(_line: str) -> None:
    return None


@dataclass(slots=True)
class _Writer:
    """Writes the files of one backup, and remembers their sizes and hashes."""

    plan: BackupPlan
    backup_id: str
    files: dict[str, FileEntry] = field(default_factory=dict)

    @contextmanager
    def file(self, name: str) -> Iterator[Writable]:
        stored, tally = stored_name(name, is_encrypted=bool(self.plan.recipients)), Tally()
        with (
            self.plan.store.writing(self.backup_id, stored) as target,
            encrypted(TallyingWriter(target, tally), self.plan.recipients) as writer,
        ):
            yield writer
        self.files[stored] = FileEntry.of(tally)


def make_backup(
    engine: sa.Engine, plan: BackupPlan, now: datetime, say: Callable[[str], None] = _say_nothing
) -> Backup:
    """Make a backup while everything else goes on working.

    Args:
        engine: Engine of the database, with a log-in that may read everything.
        plan: What to back up, and where to.
        now: The present instant; the backup is named by it.
        say: Takes one short line of progress at a time.

    Raises:
        BackupToolError: If there is no `pg_dump` of the server's version, or `pg_dump` fails.
        BackupStoreError: If the store cannot be written.
    """
    for _ in range(_ATTEMPTS - 1):
        # A rebuild may lock its tables between our lock and that of pg_dump. A moment later the rebuild is done.
        with suppress(TablesBusyError):
            return _make(engine, plan, now, say)
    return _make(engine, plan, now, say)


def _make(engine: sa.Engine, plan: BackupPlan, now: datetime, say: Callable[[str], None]) -> Backup:
    writer = _Writer(plan, new_id(now))
    try:
        return _write(engine, writer, now, say)
    except BaseException:
        plan.store.delete(writer.backup_id, MANIFEST)
        raise


def _write(engine: sa.Engine, writer: _Writer, now: datetime, say: Callable[[str], None]) -> Backup:
    with frozen(engine) as snapshot:
        major = server_major(snapshot.connection)
        revision = str(snapshot.connection.scalar(sa.text("select version_num from ops.alembic_version")))
        with writer.file(DATABASE) as target:
            inventory = _dump(program("pg_dump", major), engine.url, snapshot, target, revision)
    say("copying the models")
    if writer.plan.models is not None and writer.plan.models.names():
        with writer.file(MODELS) as target:
            writer.plan.models.pack(target)
    _write_small(writer, {INVENTORY: inventory.to_json(), **_secrets(writer.plan)})
    manifest = Manifest(now, major, revision, bool(writer.plan.recipients), writer.files)
    with writer.plan.store.writing(writer.backup_id, MANIFEST) as file:
        file.write(manifest.to_json())
    return Backup(writer.backup_id, manifest, inventory)


def _dump(path: Path, url: sa.URL, snapshot: Snapshot, target: Writable, revision: str) -> Inventory:
    """Write the dump, and return the inventory of its content."""
    # Sequences are read before pg_dump reads them. If they are used meanwhile, the dump has higher values, never lower.
    sequences = read_sequences(snapshot.connection)
    with running(path, _arguments(snapshot), url) as pg_dump:
        # When pg_dump writes its first byte, it has locked all tables. Until then a rebuild could come in between.
        first = pg_dump.output.read(1)
        if not first:
            pg_dump.require_success()
        inventory = take_inventory(snapshot.connection, with_metrics=revision == revisions()[0], sequences=sequences)
        target.write(first)
        copy(pg_dump.output.read, target.write)
        pg_dump.require_success()
    return inventory


def _arguments(snapshot: Snapshot) -> list[str]:
    return [
        "--format=custom",
        f"--compress={_COMPRESSION}",
        f"--snapshot={snapshot.name}",
        f"--lock-wait-timeout={LOCK_WAIT_MILLISECONDS}",
    ]


def _secrets(plan: BackupPlan) -> Mapping[str, bytes]:
    if not plan.recipients or plan.signing_key is None or not plan.signing_key.exists():
        return {}
    return {SIGNING_KEY: plan.signing_key.read_bytes()}


def _write_small(writer: _Writer, contents: Mapping[str, bytes]) -> None:
    for name, content in contents.items():
        with writer.file(name) as target:
            target.write(content)
