"""What a text says besides its subject: how urgent it is, how the customer sounds, in which language."""
