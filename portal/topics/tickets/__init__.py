"""The tickets behind every number, one by one."""
