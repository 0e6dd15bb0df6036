"""Builds the images and runs the compose file for real, where there is no Docker engine: `make containers-check`."""
