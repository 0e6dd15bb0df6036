"""Tests of the classifier without a server."""
