"""How many tickets are to come."""
