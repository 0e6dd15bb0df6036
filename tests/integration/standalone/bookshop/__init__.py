"""Tests of the made-up bookshop in a real database."""
