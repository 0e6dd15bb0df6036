"""Counted once and weighed for a part, texts have the features that the serving model gives them."""

import numpy as np

from classifier_service.training.fast_training import fit_fast
from classifier_service.training.text_counts import TextCounts, Weighing
from tests.factories.labelled_texts import labelled_texts

TEXTS, LABELS = labelled_texts(300)
NAMES = sorted(set(LABELS))
RIGHT = np.array([NAMES.index(label) for label in LABELS])
SEEN, UNSEEN = np.arange(200), np.arange(200, 300)


def test_what_was_counted_scores_as_what_is_served() -> None:
    """Of texts that the model has not seen, with words that it does not know."""
    fitted = fit_fast(TextCounts.of(TEXTS), SEEN, RIGHT[SEEN], np.ones(200), 1.0)
    served = fitted.to_model(NAMES)
    np.testing.assert_allclose(served.scores(TEXTS[200:]), fitted.scores(UNSEEN), atol=1e-4)


def test_features_come_from_the_seen_texts_alone() -> None:
    """A fit to some texts is the same whatever else was counted beside them."""
    among_others = fit_fast(TextCounts.of(TEXTS), SEEN, RIGHT[SEEN], np.ones(200), 1.0).to_model(NAMES)
    alone = fit_fast(TextCounts.of(TEXTS[:200]), SEEN, RIGHT[SEEN], np.ones(200), 1.0).to_model(NAMES)
    assert among_others.features.vocabulary.words == alone.features.vocabulary.words
    assert among_others.features.vocabulary.characters == alone.features.vocabulary.characters
    np.testing.assert_array_equal(among_others.weights, alone.weights)


def test_an_ngram_of_one_text_is_no_feature() -> None:
    """It would be a name or a slip; a word of one text is."""
    counts = TextCounts.of(["parcel late", "parcel lost", "zzz"])
    weighing = Weighing.of(counts, np.arange(3))
    assert "zzz" in counts.words.terms[weighing.words]
    assert "zzz" not in counts.characters.terms[weighing.characters]


def test_two_categories_get_a_column_each() -> None:
    """Their scores are each other's opposite."""
    two = np.flatnonzero(RIGHT < 2)
    fitted = fit_fast(TextCounts.of(TEXTS), two, RIGHT[two], np.ones(len(two)), 1.0)
    scores = fitted.scores(two)
    assert scores.shape == (len(two), 2)
    np.testing.assert_allclose(scores[:, 0], -scores[:, 1], atol=1e-5)
