"""Interceptors around every method, health and reflection included.

From the outside in: counting, errors, the caller's identity, short health checks, malformed messages.
"""
