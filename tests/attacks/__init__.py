"""Strangers at the product's doors, on the loopback address and within bounds: each is turned away at little cost."""
