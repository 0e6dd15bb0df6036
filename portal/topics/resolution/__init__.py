"""How long tickets take."""
