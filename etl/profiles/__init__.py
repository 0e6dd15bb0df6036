"""Profiles of well-known sources, one TOML file each."""
