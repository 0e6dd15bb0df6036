"""Made by `make protos`; never edited."""
