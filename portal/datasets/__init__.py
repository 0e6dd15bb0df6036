"""Frozen results that queries hand to figures and components."""
