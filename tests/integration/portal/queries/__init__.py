"""Queries of the portal on a real database."""
