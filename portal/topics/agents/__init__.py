"""How agents compare, on the same mix of tickets."""
