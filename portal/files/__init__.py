"""Files that readers download."""
