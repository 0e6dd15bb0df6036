"""Makes facts and rollups: stages the tickets, derives facts, and applies them by a rebuild or by signed deltas."""
