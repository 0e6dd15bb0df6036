"""What goes with good and bad ratings: correlations, effects with intervals, shares, and who answers surveys.

Everything here is association in what was recorded, not proof of cause. Heavy libraries: not for the portal.
"""
