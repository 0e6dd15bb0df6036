"""Effects on ratings: found where they are, missing where tickets are alike, silent where there is too little."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from analytics.drivers.design import design_of
from analytics.drivers.effects import LEAST_RATINGS, linear_effects
from analytics.drivers.odds import ordinal_effects, top_box_effects
from analytics.drivers.rated_tickets import DRIVERS, PROACTIVE, REPLY, RatedTickets
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
