"""What is typed after `etl`: a file a group of commands."""
