"""What the data says, in plain sentences that their intervals hold."""
