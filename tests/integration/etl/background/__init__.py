"""Tests of queued work that the jobs do, on a real database."""
