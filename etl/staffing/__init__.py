"""The plan of who is needed when: what it reads, how it is put together, and how it is kept."""
