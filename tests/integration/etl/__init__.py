"""Tests of the import and the jobs on a real database."""
