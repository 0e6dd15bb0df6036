"""Tests of the log-in over a real database."""
