"""What managers decide: categories, their keywords, and which priority follows from what."""
