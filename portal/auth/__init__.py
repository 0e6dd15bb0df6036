"""Who may use the portal: accounts, passwords, log-in and the guard before every path."""
