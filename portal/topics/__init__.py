"""What the portal is about: a room a topic, with everything its page is made of."""
