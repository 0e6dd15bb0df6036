"""Forecasts of daily and hourly demand: several models ("members"), combined by backtest, with calibrated intervals.

This package loads heavy libraries, so that only jobs import it.
"""
