"""Converts a database address for PostgreSQL's own programs."""

import sqlalchemy as sa


def libpq_variables(url: sa.URL) -> dict[str, str]:
    """Return the address as environment variables. Other accounts can read arguments, but not these."""
    parts = {
        "PGHOST": url.host,
        "PGPORT": url.port,
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
        **{f"PG{name.upper()}": value for name, value in url.query.items()},
    }
    return {name: str(value) for name, value in parts.items() if value}
