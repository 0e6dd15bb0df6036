"""PostgreSQL's server that comes with the product."""
