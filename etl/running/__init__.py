"""Runs jobs: each one only once at a time, on a schedule, with every run recorded."""
