"""What the jobs find out about agents, odd days and times of the year, and how it is kept."""
