"""What the data says: slugs and numbers that claim no more than their intervals allow; the portal makes sentences."""
