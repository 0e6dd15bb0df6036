"""How many people a desk needs: queues of live contacts, backlogs of written ones, and what both cost."""
