"""What the data says, in plain sentences that claim no more than their intervals allow."""
