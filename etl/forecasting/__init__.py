"""Forecasts of demand: reads the history, computes on several processors, and stores the results."""
