"""Point-in-time recovery of the embedded server: base backups, and the write-ahead log as it is written."""
