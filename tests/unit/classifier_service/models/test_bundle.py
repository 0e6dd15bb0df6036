"""Bundles open, also those from before the last fields."""

import pickle

import pytest

from classifier_service.models.bundle import ModelBundle, told
from classifier_service.models.text_hashes import NO_TEXTS, TextHashes
from tests.factories.models import make_bundle


def test_a_bundle_comes_back() -> None:
    """What is pickled is what is opened."""
    bundle = make_bundle(learnt_answers=TextHashes.of([told("hello", "book_order")]))
    again = pickle.loads(pickle.dumps(bundle))  # noqa: S301 - made here
    assert again == bundle


def test_an_older_bundle_opens_without_familiarity() -> None:
    """It answers as before."""
    bundle = make_bundle()
    older = ModelBundle.__new__(ModelBundle)
    older.__setstate__([bundle.category_model, bundle.sentiment_model, bundle.flavour, 0.5, NO_TEXTS])
    assert older == bundle
    assert older.familiarity is None
    assert older.learnt_answers == NO_TEXTS


def test_half_a_bundle_is_refused() -> None:
    """A model without its threshold is no model."""
    with pytest.raises(AttributeError, match="abstention_threshold"):
        ModelBundle.__new__(ModelBundle).__setstate__([make_bundle().category_model, None, None])
