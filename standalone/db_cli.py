"""`support-analytics db`: the warehouse's commands, with those for backups and for the archive of changes added."""

from etl.commands.backup_cli import backup, backup_key, backups, restore, verify
from standalone.archive_cli import archive, archived, recover_database
from warehouse.cli import app

__all__ = ["app"]

app.command("backup", epilog="Example: support-analytics db backup")(backup)
app.command("backups", epilog="Example: support-analytics db backups")(backups)
app.command("verify", epilog="Example: support-analytics db verify")(verify)
app.command("restore", epilog="Example: support-analytics db restore --identity backup.key")(restore)
app.command("backup-key", epilog="Example: support-analytics db backup-key backup.key")(backup_key)
app.command("archive", epilog="Example: SUPPORT_WAL_ARCHIVE=/mnt/other-disk/wal support-analytics db archive")(archive)
app.command("archived", epilog="Example: support-analytics db archived")(archived)
app.command("recover", epilog='Example: support-analytics db recover --until "2026-11-25 10:30"')(recover_database)
