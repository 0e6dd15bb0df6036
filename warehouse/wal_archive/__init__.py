"""Point-in-time recovery of the embedded server: archives base backups and the write-ahead log."""
