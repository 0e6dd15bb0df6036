"""How many people are needed when."""
