"""Rollups (counts added up in advance): their declaration, and the SQL made from it."""
