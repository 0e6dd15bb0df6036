"""Trains models on labelled tickets, measures them, and compares them with the model that serves."""
