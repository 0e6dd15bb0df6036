"""Tests of the sentences charts say."""
