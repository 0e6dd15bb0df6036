"""Tests of single steps of the schema."""
