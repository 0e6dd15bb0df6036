"""Numbers that pages read."""
