"""Reads for the portal: the only place in it with SQL."""
