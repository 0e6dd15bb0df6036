"""Customers who may leave, and what leads there."""
