"""Insights: compares agents, finds odd days and seasons, collects what other jobs found, and stores the results."""
