"""What is open, and whom nobody answered."""
