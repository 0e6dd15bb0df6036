"""Which customers may leave, and what customers experienced before they left.

Only the history of support is known here: no purchases, no visits. This package loads heavy libraries, so that the
portal must not import it.
"""
