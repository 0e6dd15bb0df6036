"""Faults that are caused in a running product on purpose, and the checks that nothing was lost."""
