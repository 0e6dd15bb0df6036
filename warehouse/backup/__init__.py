"""Backups: made, proved, restored, and kept for as long as they are wanted."""
