"""Which customers may leave, and what they lived through before others did.

Only the history of support is known here: no purchases, no visits. Heavy libraries: not for the portal.
"""
