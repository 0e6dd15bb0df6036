"""Rules that find impossible tickets."""
