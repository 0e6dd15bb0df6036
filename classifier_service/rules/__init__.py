"""The managers' rules: categories, their keywords, and which priority a ticket gets."""
