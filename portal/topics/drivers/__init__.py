"""What goes with better and worse ratings."""
