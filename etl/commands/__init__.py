"""Commands beside `etl` itself, one module for each group."""
