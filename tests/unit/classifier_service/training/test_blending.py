"""The blend, the encoder's share and the help for rare categories are chosen by what unseen tickets cost."""

import numpy as np
from numpy.typing import NDArray

from classifier_service.training.blending import ASK_ALWAYS, cheapest_threshold, fit_blend, fit_offsets

Floats = NDArray[np.float32]
Places = NDArray[np.int64]


def answers(seed: int, tickets: int, strength: float) -> tuple[Floats, Places]:
    """Return log-odds of three categories, the truer the stronger, and the right categories."""
    chance = np.random.default_rng(seed)
    right = chance.integers(0, 3, tickets)
    scores = chance.normal(size=(tickets, 3))
    scores[np.arange(tickets), right] += strength
    return scores.astype(np.float32), right


def softmaxed(scores: Floats) -> Floats:
    powers = np.exp(scores)
    shares: Floats = powers / powers.sum(axis=1, keepdims=True)
    return shares


def test_few_tickets_ask_the_encoder_always() -> None:
    """Even where both are right of all: nothing yet shows that unasked answers stay right."""
    right = np.zeros(300, np.int64)
    fast = np.tile(np.array([[0.9, 0.1]], np.float32), (300, 1))
    fast[:, 0] += np.linspace(0, 0.05, 300, dtype=np.float32)
    assert cheapest_threshold(fast, right, right) == ASK_ALWAYS


def test_many_tickets_that_the_quick_model_knows_go_unasked() -> None:
    """Asking for twenty thousand tickets costs more than the one wrong answer that may be among them."""
    right = np.zeros(20_000, np.int64)
    confidence = np.linspace(0.6, 0.99, 20_000, dtype=np.float32)
    fast = np.stack([confidence, 1 - confidence], axis=1)
    threshold = cheapest_threshold(fast, right, right)
    assert (confidence >= threshold).mean() > 0.9


def test_the_dearer_the_encoder_the_fewer_tickets_it_gets() -> None:
    """The threshold falls as the cost rises."""
    fast, right = answers(1, 5_000, 2.0)
    thresholds = [cheapest_threshold(softmaxed(fast), right, right, cost) for cost in (0.0, 0.5, 5.0)]
    assert thresholds == sorted(thresholds, reverse=True)
    assert thresholds[0] == ASK_ALWAYS
    assert thresholds[-1] < 0.6


def test_the_better_head_gets_the_larger_share() -> None:
    """A quick model that guesses is hardly listened to, one that knows as much is."""
    head, right = answers(1, 3_000, 3.0)
    chance = np.random.default_rng(5)
    guess = softmaxed(chance.normal(size=(3_000, 3)).astype(np.float32))
    equal = np.eye(3, dtype=np.float32)[right] * 3 + chance.normal(size=(3_000, 3)).astype(np.float32)
    assert fit_blend(guess, head, right, 0.2).head_share > fit_blend(softmaxed(equal), head, right, 0.2).head_share


def test_a_rare_category_is_helped_where_that_wins_more_than_it_costs() -> None:
    """Macro-F1 rises by more than accuracy falls."""
    chance = np.random.default_rng(3)
    right = chance.choice(3, 6_000, p=[0.9, 0.07, 0.03])
    scores = 1.2 * np.eye(3)[right] + np.log([0.9, 0.07, 0.03]) + chance.normal(size=(6_000, 3))
    offsets = fit_offsets(scores.astype(np.float32), right)
    assert offsets[2] > offsets[1] > offsets[0]


def test_categories_of_one_size_get_no_offsets() -> None:
    """There is no rare one."""
    scores, _ = answers(2, 900, 2.0)
    assert fit_offsets(scores, np.arange(900) % 3) == ()


def test_shares_that_few_tickets_cannot_tell_apart_go_to_the_head() -> None:
    """With twenty times as many the quick model gets the part that it is worth."""
    shares = {}
    for tickets in (60, 6_000):
        head, right = answers(2, tickets, 3.0)
        quick = softmaxed(answers(2, tickets, 3.0)[0] + answers(3, tickets, 0.0)[0])
        shares[tickets] = fit_blend(quick, head, right, 0.2).head_share
    assert shares[60] >= shares[6_000]


def test_a_share_is_not_worse_than_chance_would_make_it() -> None:
    """A head that knows nothing is not preferred for being the head."""
    head, right = answers(4, 3_000, 0.2)
    quick = softmaxed(answers(4, 3_000, 0.2)[0] + np.eye(3, dtype=np.float32)[right] * 3)
    assert fit_blend(quick, head, right, 0.2).head_share < 0.7
