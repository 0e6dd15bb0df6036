"""Pure functions over support data: no I/O."""
