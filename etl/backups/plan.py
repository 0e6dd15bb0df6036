"""Backups of this installation: its database, its models, and where the backups are stored."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import sqlalchemy as sa

from etl.settings import ClassifierSettings
from warehouse.backup.encryption import read_identities
from warehouse.backup.errors import BackupRefusedError
from warehouse.backup.file_tree import FileTree
from warehouse.backup.making import BackupPlan
from warehouse.backup.models_target import ModelsTarget
from warehouse.backup.opening import StoredBackup, open_backup
from warehouse.backup.pruning import list_backups
from warehouse.backup.settings import BackupSettings
from warehouse.backup.store import BackupStore
from warehouse.embedded.postgres import connect_or_start
from warehouse.engine import create_engine_for, open_engine
from warehouse.settings import Settings


def plan_of(settings: BackupSettings) -> BackupPlan:
    """Return what is backed up and where to, as the settings say."""
    registry = ClassifierSettings.from_environment().registry
    key_file = registry.signing_key_file if registry.signing_key is None else None
    return BackupPlan(BackupStore.open(settings.url), FileTree.open(registry.url), settings.recipients, key_file)


def models_target() -> ModelsTarget:
    """Return the place that models are restored to."""
    registry = ClassifierSettings.from_environment().registry
    return ModelsTarget(registry.url, registry.signing_key_file if registry.signing_key is None else None)


@contextmanager
def reading_engine(settings: BackupSettings) -> Iterator[sa.Engine]:
    """Yield an engine whose log-in may read everything: the log-in for backups if one is set, else the usual one."""
    if settings.database_url is None:
        with open_engine(Settings.from_environment()) as engine:
            yield engine
        return
    engine = create_engine_for(settings.database_url, poolclass=sa.NullPool)
    yield engine
    engine.dispose()


@contextmanager
def database_address() -> Iterator[sa.URL]:
    """Yield the address of the database to restore to; an embedded server is started but not migrated."""
    settings = Settings.from_environment()
    with ExitStack() as stack:
        url = settings.database_url
        yield url if url is not None else stack.enter_context(connect_or_start(settings.data_dir)).url()


def chosen_backup(settings: BackupSettings, backup_id: str | None, identity: Path | None) -> StoredBackup:
    """Open a backup: the one named, else the newest complete one.

    Raises:
        BackupRefusedError: If there is no such backup, or the backup is encrypted and no key was given.
    """
    store = BackupStore.open(settings.url)
    if backup_id is None:
        whole = [each.id for each in list_backups(store) if each.manifest is not None]
        if not whole:
            message = "There is no complete backup."
            hint = "Make one with `support-analytics db backup`, or check SUPPORT_BACKUP_URL."
            raise BackupRefusedError(message, hint)
        backup_id = whole[-1]
    file = identity or settings.identity_file
    return open_backup(store, backup_id, read_identities(file) if file else ())
