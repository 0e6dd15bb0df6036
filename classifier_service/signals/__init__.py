"""What a text shows besides its category: how urgent it is, how the customer sounds, and its language."""
