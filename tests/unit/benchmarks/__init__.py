"""Tests of what runs the benchmarks."""
