"""Slow, plain recomputations that results are compared with; they share no code with what they check."""
