"""What the analysing jobs read from the marts, and how they store their results."""
