"""What a manager may change, each change written down with who made it."""
