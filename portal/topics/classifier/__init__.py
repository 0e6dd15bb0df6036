"""What the classifier leaves to people, and what managers set of it."""
