"""Tests of what managers may change."""
