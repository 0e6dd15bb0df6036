"""Learning from labelled tickets, measuring what was learnt, and comparing it with what serves now."""
