"""Every speed claim, as a command that prints its figures."""
