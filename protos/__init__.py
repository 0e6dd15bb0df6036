"""The contracts that systems call one another by; `gen` is made by `make protos` and never edited."""
