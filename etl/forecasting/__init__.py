"""Demand ahead: what is read for it, how it is worked out on several processors, and how it is kept."""
