"""A number: how it is asked for, what is read, and how it is said."""
