"""`support-analytics db`: the schema and a prompt from the warehouse, backups from the jobs."""

from etl.backup_cli import backup, backup_key, backups, restore, verify
from warehouse.cli import app

__all__ = ["app"]

app.command("backup", epilog="Example: support-analytics db backup")(backup)
app.command("backups", epilog="Example: support-analytics db backups")(backups)
app.command("verify", epilog="Example: support-analytics db verify")(verify)
app.command("restore", epilog="Example: support-analytics db restore --identity backup.key")(restore)
app.command("backup-key", epilog="Example: support-analytics db backup-key backup.key")(backup_key)
