"""Rated tickets with known effects, for tests of what goes with ratings."""

import numpy as np
import pandas as pd

REPLY_EFFECT = -0.3
"""Points for a first reply that takes twice as long."""
UPDATE_EFFECT = 0.4


def rated_tickets(count: int = 900, seed: int = 0, **columns: object) -> pd.DataFrame:
    """Return tickets whose rating, not rounded, falls with the reply time and rises with updates."""
    rng = np.random.default_rng(seed)
    doublings = rng.normal(0.0, 1.2, count)
    updates = rng.integers(0, 2, count)
    rating = 3.5 + REPLY_EFFECT * doublings + UPDATE_EFFECT * updates + rng.normal(0, 0.8, count)
    reply = 3600 * 2.0**doublings
    table = {
        "rating": rating,
        "first_reply_seconds": reply,
        "resolution_seconds": reply * rng.lognormal(1.0, 0.6, count),
        "contact_count": rng.integers(1, 7, count),
        "agent_contact_count": rng.integers(1, 4, count),
        "is_same_agent": rng.random(count) < 0.7,
        "proactive_update_count": updates,
        "agent_experience_months": rng.uniform(0, 60, count),
        "category": rng.choice(["order", "refund", "login"], count),
        "priority": rng.choice(["low", "high"], count),
        "channel": rng.choice(["email", "call"], count),
        "customer_type": rng.choice(["teacher", "business"], count),
        "agent": rng.choice(["Neo", "Thandi", "Sello"], count),
        "customer": rng.integers(0, count // 2, count),
        "is_offered": True,
        "is_resolved": True,
    }
    return pd.DataFrame({**table, **columns})
