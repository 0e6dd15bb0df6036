"""A border between a desk's texts and those of other trades is learnt, and tells trades that it has not seen."""

import numpy as np
from sklearn.metrics import roc_auc_score

from classifier_service.models.familiarity import DESK, OTHERS, belonging
from classifier_service.training.belonging import MAX_OWN, belonging_unseen, learn_belonging
from classifier_service.training.other_trades import OtherTrades, other_trades
from tests.factories.labelled_texts import labelled_texts

TEXTS, _LABELS = labelled_texts(300)
FEW = OtherTrades(
    ("the geyser burst", "my tap drips", "the flight is late", "a seat by the aisle"),
    ("plumbing", "plumbing", "travel", "travel"),
)


def test_texts_of_the_desk_belong_more_than_those_of_trades_that_were_left_out() -> None:
    """Each is told by a model that has seen neither the text nor its trade."""
    own, foreign = belonging_unseen(TEXTS, np.arange(len(TEXTS)) % 5, other_trades())
    is_own = np.repeat([True, False], [len(own), len(foreign)])
    assert roc_auc_score(is_own, np.concatenate([own, foreign])) > 0.99
    assert len(own) == len(TEXTS)


def test_every_text_of_either_side_is_measured() -> None:
    """Also where there are fewer trades than folds."""
    own, foreign = belonging_unseen(TEXTS[:20], np.arange(20) % 5, FEW)
    assert np.all(own != 0)
    assert np.all(foreign != 0)


def test_a_large_desk_does_not_outvote_the_others() -> None:
    """Some of its texts are learnt, and both sides count the same."""
    many = [f"{text} {number}" for number in range(8) for text in TEXTS]
    assert len(many) > MAX_OWN
    model = learn_belonging(many, FEW)
    assert model.classes == (DESK, OTHERS)
    assert np.all(belonging(model, FEW.texts) < 0)
    assert np.all(belonging(model, TEXTS[:20]) > 0)


def test_equal_texts_give_equal_borders() -> None:
    """Training is repeatable."""
    one, other = (learn_belonging(TEXTS, FEW) for _ in range(2))
    np.testing.assert_array_equal(one.weights, other.weights)
