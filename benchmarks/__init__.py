"""Commands that measure and print the figures behind every claim about speed or accuracy."""
