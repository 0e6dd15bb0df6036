"""Customers: who needs the most support, and everything about one of them."""
