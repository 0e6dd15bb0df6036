"""One module per job; `etl.jobs.registry` lists them."""
