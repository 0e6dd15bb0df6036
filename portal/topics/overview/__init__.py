"""How the desk is doing, and what needs somebody."""
