"""One module per job; `etl.job_registry` lists them."""
