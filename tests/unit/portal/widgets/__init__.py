"""Widgets of the portal."""
