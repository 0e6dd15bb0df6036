"""The one sentence each chart says, made from its data and claiming no more than the data holds."""
