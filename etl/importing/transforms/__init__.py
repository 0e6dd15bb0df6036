"""Pure cleaning and validation of rows: no database, no files."""
