"""Tests of the Data health page."""
