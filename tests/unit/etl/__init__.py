"""Tests of the import and the jobs without a database."""
