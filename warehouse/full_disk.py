"""Tells that the database failed because its disk is full, also where it could only break off."""

from typing import Final

import psycopg2
import sqlalchemy as sa

from analytics.errors import SettingsError
from storage.full_disk import DiskFullError, disk_full, free_bytes
from warehouse.settings import Settings

_NO_ROOM_BYTES: Final = 2**20
_THIS_MACHINE: Final = frozenset({"127.0.0.1", "localhost"})


def named(error: Exception) -> Exception:
    """Return the error of a full disk if that is what stands behind an error, else the error itself.

    An embedded server that cannot write its log ends, and its clients only see that it has gone.
    """
    try:
        settings = Settings.from_environment()
    except SettingsError:
        return disk_full(error) or error
    if (full := disk_full(error, [settings.data_dir])) is not None:
        return full
    is_gone = isinstance(error, sa.exc.OperationalError | sa.exc.InterfaceError | psycopg2.OperationalError)
    is_ours = settings.database_url is None or settings.database_url.host in _THIS_MACHINE
    room = free_bytes(settings.data_dir)
    if is_gone and is_ours and room is not None and room < _NO_ROOM_BYTES:
        return DiskFullError(settings.data_dir, is_database=True)
    return error
