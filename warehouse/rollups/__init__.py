"""Counts kept ready: what is declared, and the SQL that follows from it."""
