"""Whether targets are slipping: said when they are, and not of a desk whose weeks are restless."""

from datetime import date

import numpy as np
import pytest

from analytics.insights.finding import Finding
from analytics.insights.ranking import ranked
from analytics.insights.targets import targets_at_risk

LAST = date(2026, 6, 30)


def test_slipping_targets_are_said_and_steady_ones_are_not() -> None:
    """From a tenth missed to a third missed is said; a tenth and a tenth is not."""
    rng = np.random.default_rng(5)
    days = rng.integers(0, 119, 3000)
    slipping = (rng.random(3000) < np.where(days < 28, 0.33, 0.1)).astype(float)
    steady = (rng.random(3000) < 0.1).astype(float)
    facts = ranked(targets_at_risk(slipping, days, LAST))[0].finding.facts
    assert facts["met_share"] == pytest.approx(0.67, abs=0.04)
    assert facts["met_share_before"] == pytest.approx(0.9, abs=0.04)
    assert ranked(targets_at_risk(steady, days, LAST)) == ()


def _restless(seed: int) -> list[Finding]:
    """Return what is found where each week has a share of its own, of late as before."""
    rng = np.random.default_rng(seed)
    days, shares = rng.integers(0, 119, 4000), np.clip(rng.normal(0.3, 0.1, 17), 0.02, 0.9)
    return targets_at_risk((rng.random(4000) < shares[days // 7]).astype(float), days, LAST)


def test_weeks_that_differ_anyway_are_no_slipping() -> None:
    """On forty such desks it is said twice at most."""
    assert sum(bool(ranked(_restless(seed))) for seed in range(40)) <= 2


def test_nothing_in_is_nothing_said() -> None:
    """No targets, no finding."""
    assert targets_at_risk(np.array([]), np.array([], dtype=np.int64), LAST) == []
