"""Tests of the reference implementations that other tests compare the product with."""
