"""The HTTP edge: what is true of every request and answer."""
