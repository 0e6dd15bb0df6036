"""Files of tickets: read, checked, asked about and loaded."""
