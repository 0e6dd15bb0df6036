"""What goes with good and bad ratings: correlations, effects with intervals, shares, and who answers surveys.

Everything here is an association in recorded data, not proof of a cause. This package loads heavy libraries, so that
the portal must not import it.
"""
