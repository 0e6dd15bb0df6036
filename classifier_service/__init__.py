"""The ticket classifier: category, priority, urgency, sentiment and language of a ticket, over gRPC."""
