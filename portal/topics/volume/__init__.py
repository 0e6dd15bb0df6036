"""How many tickets come in, when, and of which kind."""
