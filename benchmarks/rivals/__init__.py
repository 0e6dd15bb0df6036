"""Programs that benchmarks start in the virtual environments of rival servers."""
