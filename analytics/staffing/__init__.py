"""How many people a desk needs: queues of live contacts, backlogs of written contacts, and what both cost."""
