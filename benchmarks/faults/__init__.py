"""What is done to a running product on purpose, and how it is seen that nothing was lost."""
