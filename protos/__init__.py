"""The contracts between services; `make protos` makes `gen`, which is never edited by hand."""
