"""Reads files from outside, one module for each kind of file. Nothing is interpreted here."""
