"""Small hand-written stand-ins."""
