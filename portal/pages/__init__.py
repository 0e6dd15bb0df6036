"""The pages of the portal, one package for each."""
