"""What help desks call their columns and values, as data: one TOML file a system, and a general one."""
