"""How jobs are run: one at a time each, on a schedule, kept in a log."""
