"""Tests of queued work on a real database."""
