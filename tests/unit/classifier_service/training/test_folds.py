"""Folds are even, and near-duplicates stay together."""

import numpy as np

from classifier_service.training.folds import deal, folds_for


def test_each_category_is_spread_evenly() -> None:
    """Five tickets of each of twenty categories in ten folds: ten in each fold, never two of one category."""
    labels = np.repeat(np.arange(20), 5)
    folds = deal([f"{chr(97 + place % 26)}{chr(97 + place // 26)}" for place in range(100)], labels, 10, seed=1)
    assert np.bincount(folds).tolist() == [10] * 10
    assert max(np.bincount(folds[labels == label]).max() for label in range(20)) == 1


def test_near_duplicates_share_a_fold_whatever_their_label() -> None:
    """Case, punctuation and numbers do not part them."""
    texts = [f"{word} {place}" for place in range(6) for word in ("order", "Order!", "refund", "parcel")]
    folds = deal(texts, np.arange(24) % 4, 5, seed=1)
    assert len(set(folds[[place for place in range(24) if place % 4 < 2]].tolist())) == 1


def test_few_tickets_get_more_folds() -> None:
    """So that a model without a fold is nearer to the one that serves."""
    assert folds_for(300) > folds_for(10_000)
