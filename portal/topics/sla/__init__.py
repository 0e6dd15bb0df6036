"""The SLA page: what was kept, what is about to be missed, and whose."""
