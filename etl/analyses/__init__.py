"""What the jobs that analyse read from the marts, and how they keep what was found."""
