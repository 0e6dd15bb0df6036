"""What the rows of a file can be: tickets, customers, agents and what happened to tickets."""
