"""What the desk does with the classifier: scoring, previews, rules and drift."""
