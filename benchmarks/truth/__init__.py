"""Made-up desks with random effects, and the rules by which a sentence about one of them is true.

Nothing here is shared with the analyses: durations are log-normal, ratings are cuts of a latent normal, daily counts
are negative binomial, customers have gamma rates, and each week a customer leaves with a planted chance.
"""
