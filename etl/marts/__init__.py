"""How facts and rollups are made: staged, derived, then put in place by a rebuild or by signed deltas."""
