"""Rules that find tickets that cannot be right."""
