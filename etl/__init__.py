"""Extract, transform, load: imports and the jobs that keep the marts current."""
