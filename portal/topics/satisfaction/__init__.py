"""Satisfaction: how customers rate, who is rated how, and what the unhappy ones wrote."""
