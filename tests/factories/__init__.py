"""Ready-made values for tests; every argument has a default that a test may override."""
