"""What the data says, as far as its intervals hold: slugs and numbers, which the portal makes sentences of."""
