"""Tests of the made-up bookshop."""
