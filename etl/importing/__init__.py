"""Imports of ticket files: reads, checks and loads them, and asks what only a person can know."""
