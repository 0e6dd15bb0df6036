"""Models that say which category a text belongs to, and what is kept with them."""
