"""Files by name below one address: of the registry of models, and of backups."""
