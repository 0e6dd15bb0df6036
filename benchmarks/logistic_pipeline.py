"""A quick model of the usual kind as a scikit-learn pipeline, and the same in our own form, for compared servers."""

from typing import Any, Final

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline

from classifier_service.models.fast import FastModel
from classifier_service.models.text_features import CHARACTER_NGRAMS, WORD_NGRAMS, TextFeatures, Vocabulary
from classifier_service.training.text_counts import MAX_FEATURES

_STRENGTH: Final = 30.0
_LEAST_TEXTS: Final = 2
_MOST_STEPS: Final = 1_000


def fast_pipeline() -> Pipeline:
    """Return the model as a scikit-learn pipeline, not yet fitted."""
    words = TfidfVectorizer(ngram_range=WORD_NGRAMS, sublinear_tf=True, max_features=MAX_FEATURES, dtype=np.float32)
    characters = TfidfVectorizer(
        analyzer="char_wb",
        ngram_range=CHARACTER_NGRAMS,
        sublinear_tf=True,
        min_df=_LEAST_TEXTS,
        max_features=MAX_FEATURES,
        dtype=np.float32,
    )
    regression = LogisticRegression(C=_STRENGTH, max_iter=_MOST_STEPS)
    return Pipeline([("features", FeatureUnion([("words", words), ("characters", characters)])), ("model", regression)])


def to_fast_model(pipeline: Pipeline) -> FastModel:
    """Return the quick model that gives the same answers as a fitted pipeline."""
    words, characters = (vectorizer for _name, vectorizer in pipeline["features"].transformer_list)
    regression: Any = pipeline["model"]
    weights, bias = regression.coef_, regression.intercept_
    if len(weights) == 1:
        # For two classes scikit-learn keeps one row: the log-odds of the second class against the first.
        weights, bias = np.concatenate([-weights / 2, weights / 2]), np.concatenate([-bias / 2, bias / 2])
    vocabulary = Vocabulary(
        words=_ids(words, 0),
        characters=_ids(characters, len(words.idf_)),
        idf=np.concatenate([words.idf_, characters.idf_]).astype(np.float32),
    )
    return FastModel(
        classes=tuple(str(category) for category in regression.classes_),
        features=TextFeatures(vocabulary),
        weights=np.ascontiguousarray(weights.T, dtype=np.float32),
        bias=bias.astype(np.float32),
    )


def _ids(vectorizer: TfidfVectorizer, first: int) -> dict[str, int]:
    """Return the ids of a vectorizer's terms, sorted, so that equal vocabularies are equal bytes."""
    return {str(term): first + place for place, term in enumerate(vectorizer.get_feature_names_out())}
