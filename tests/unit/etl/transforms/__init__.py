"""Tests of what a row becomes."""
