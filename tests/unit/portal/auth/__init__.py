"""Tests of the log-in's parts that need no database."""
