"""What stands out, most important first."""
