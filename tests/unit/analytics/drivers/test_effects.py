"""Effects on ratings: found where they are, missing where tickets are alike, silent where there is too little."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from analytics.drivers.design import design_of
from analytics.drivers.effects import LEAST_RATINGS, linear_effects
from analytics.drivers.odds import ordinal_effects, top_box_effects
from analytics.drivers.rated_tickets import DRIVERS, PROACTIVE, REPLY, RESOLUTION, RatedTickets
from analytics.drivers.report import driver_findings
from analytics.drivers.shares import shapley_shares
from tests.factories.rated import REPLY_EFFECT, UPDATE_EFFECT, rated_tickets


def test_planted_effects_lie_in_their_intervals() -> None:
    """Both effects are found, and the number of messages, which does nothing, is not told from nought."""
    effects = linear_effects(RatedTickets.of(rated_tickets()))
    assert effects is not None
    assert effects.estimates[REPLY].low <= REPLY_EFFECT <= effects.estimates[REPLY].high < 0
    assert 0 < effects.estimates[PROACTIVE].low <= UPDATE_EFFECT <= effects.estimates[PROACTIVE].high
    assert not effects.estimates["contacts"].excludes(0.0)
    assert effects.controls == ("category", "priority", "channel", "customer_type", "agent")


def test_ratings_of_one_person_count_for_less_than_those_of_many() -> None:
    """Where every customer's ratings repeat one another, intervals are those of a third of the ratings, not of all."""
    once = rated_tickets(300, customer=np.arange(300))
    thrice = pd.concat([once] * 3, ignore_index=True)
    alone, repeated = (linear_effects(RatedTickets.of(each)) for each in (once, thrice))
    assert alone is not None
    assert repeated is not None
    widths = [each.estimates[REPLY].high - each.estimates[REPLY].low for each in (alone, repeated)]
    assert widths[1] == pytest.approx(widths[0], rel=0.12)


@pytest.mark.parametrize(
    ("columns", "missing"),
    [
        ({"proactive_update_count": 0}, (PROACTIVE,)),
        ({"agent_contact_count": 1}, ("several_agents",)),
        ({"agent_experience_months": np.nan}, ("agent_experience",)),
        ({"agent": "Neo", "category": "order"}, ()),
    ],
    ids=["no updates", "no hand-overs", "hiring unknown", "one agent, one category"],
)
def test_what_is_alike_in_all_tickets_is_named_as_missing(columns: dict[str, Any], missing: tuple[str, ...]) -> None:
    """The other effects are still worked out."""
    effects = linear_effects(RatedTickets.of(rated_tickets(**columns)))
    assert effects is not None
    assert effects.missing == missing
    assert set(effects.estimates) == set(DRIVERS) - set(missing)


def test_too_little_says_nothing() -> None:
    """Few ratings, few people, ratings that are all 5, or none at all."""
    few = rated_tickets(LEAST_RATINGS - 1)
    few_people = rated_tickets(300, customer=np.arange(300) % 5)
    for tickets in (few, few_people, rated_tickets(rating=5.0), rated_tickets(rating=np.nan)):
        rated = RatedTickets.of(tickets)
        assert linear_effects(rated) is None
        assert top_box_effects(rated) is None
        assert ordinal_effects(rated) is None
        assert shapley_shares(rated) == []


def test_few_ratings_bear_few_controls() -> None:
    """Columns are taken in only while there are ten ratings for each."""
    design = design_of(RatedTickets.of(rated_tickets(120)))
    assert design.matrix.shape[1] <= 12


def test_odds_point_the_same_way() -> None:
    """Both models of odds see slow replies lower them and updates raise them."""
    rated = RatedTickets.of(rated_tickets().assign(rating=lambda table: table["rating"].round().clip(1, 5)))
    for model in (top_box_effects(rated), ordinal_effects(rated)):
        assert model is not None
        assert model.estimates[REPLY].high < 1
        assert model.estimates[PROACTIVE].low > 1


def test_shares_add_up_to_r_squared_and_rank_the_stronger_first() -> None:
    """The Shapley value shares out all of it, and no share is negative beyond rounding."""
    rated = RatedTickets.of(rated_tickets())
    shares = shapley_shares(rated)
    design = design_of(rated, DRIVERS, ("category", "customer_type"))
    r_squared = sm.OLS(rated.ratings, design.matrix).fit().rsquared
    assert sum(each.value for each in shares) == pytest.approx(r_squared, abs=1e-6)
    assert shares[0].driver == REPLY
    for share in shares:
        assert share.value > -1e-9
        assert share.low <= share.high


def _reply_is_nothing(seed: int) -> pd.DataFrame:
    """Return tickets rated by their resolution alone, in whole stars and with a bend; the reply is a part of it."""
    rng = np.random.default_rng(seed)
    count = 4000
    reply, work = rng.lognormal(0.5, 0.9, count), rng.lognormal(1.8, 1.1, count)
    felt = -0.5 * np.log2(1 + (reply + work) / 4) + rng.normal(0, 1, count)
    stars = 1.0 + np.searchsorted(np.quantile(felt, [0.1, 0.2, 0.35, 0.6]), felt)
    return rated_tickets(
        count, seed, rating=stars, first_reply_seconds=3600 * reply, resolution_seconds=3600 * (reply + work)
    )


def test_a_reply_that_does_nothing_is_not_told_beside_a_strong_resolution() -> None:
    """On ten desks the resolution is told each time and the reply never, though quick replies end quickly."""
    found = [driver_findings(_reply_is_nothing(seed)) for seed in range(10)]
    told = [{each.slug for each in findings if each.is_supported} for findings in found]
    assert all(RESOLUTION in each for each in told)
    assert not any(REPLY in each for each in told)
    plain = np.corrcoef(np.log(_reply_is_nothing(0)["first_reply_seconds"]), _reply_is_nothing(0)["rating"])[0, 1]
    assert plain < -0.05


def test_shares_lie_in_their_intervals_and_chance_has_none() -> None:
    """Each share is inside its own interval, and only what has an effect is told."""
    shares = shapley_shares(RatedTickets.of(rated_tickets(400)))
    assert all(0 <= share.low <= max(share.value, 0.0) <= share.high for share in shares)
    assert {share.driver for share in shares if share.is_told} >= {REPLY, PROACTIVE}
    rng = np.random.default_rng(1)
    nothing = shapley_shares(RatedTickets.of(rated_tickets(400, rating=rng.integers(1, 6, 400).astype(float))))
    assert all(share.low <= share.value <= share.high for share in nothing)
    assert not any(share.is_told for share in nothing)


def test_of_nothing_few_customers_tell_no_more_than_many() -> None:
    """Of ratings by chance, most by a few people with leanings, one p-value of a hundred is below 0.01, not two."""
    p_values = []
    for seed in range(60):
        rng = np.random.default_rng(seed)
        customer = rng.choice(60, 300, p=rng.dirichlet(np.full(60, 0.3)))
        felt = rng.normal(0, 0.6, 60)[customer] + rng.normal(0, 1, 300)
        tickets = rated_tickets(300, seed, customer=customer, rating=(3.5 + felt).round().clip(1, 5))
        effects = linear_effects(RatedTickets.of(tickets))
        p_values += [] if effects is None else [each.p_value for each in effects.estimates.values()]
    assert len(p_values) > 100
    assert np.mean(np.array(p_values) < 0.01) <= 0.012
