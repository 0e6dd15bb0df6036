"""Models that say which category a text belongs to, and the data stored with them."""
