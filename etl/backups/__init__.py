"""Backups of this installation."""
