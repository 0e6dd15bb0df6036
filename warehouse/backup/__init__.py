"""Makes, verifies and restores backups, and deletes those that are no longer kept."""
