"""Learns from a desk's own tickets how its customers sound."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold

from classifier_service.classification import Sentiment
from classifier_service.signals.sentiment import (
    LearnedSentiment,
    LexiconSentiment,
    SentimentModel,
    lexicon_sum,
    terms_of,
)
from classifier_service.words import clean_text, words_of

Floats = NDArray[np.float64]
_LEAST_OF_EACH: Final = 50
_MOST_TERMS: Final = 50_000
_FOLDS: Final = 5
_TRUSTS: Final = (0.0, 1.0, 2.0, 4.0, 8.0, 16.0)
_STRENGTH: Final = 3.0
_SEED: Final = 20_240_101


def sentiment_of_rating(rating: int) -> Sentiment:
    """Return the sentiment assumed for a rating: 1 and 2 are frustrated, 3 is neutral, 4 and 5 are pleased."""
    return {1: Sentiment.FRUSTRATED, 2: Sentiment.FRUSTRATED, 3: Sentiment.NEUTRAL}.get(rating, Sentiment.PLEASED)


def train_sentiment(texts: Sequence[str], labels: Sequence[Sentiment]) -> SentimentModel:
    """Return the lexicon, with terms learnt from labelled texts added if they help.

    Logistic regression on TF-IDF separates frustrated texts from pleased ones; both sides weigh the same, however many
    texts each has. Its log-odds are multiplied by a *trust* and added to the lexicon's sum. Of a few values of trust,
    the one with the largest out-of-fold area under the ROC curve is taken.

    Ratings say little about single texts. So the lexicon always stays, and it stays alone unless the area grows by more
    than its standard error.

    Args:
        texts: Texts as they came in.
        labels: One label for each text; neutral ones are not used. With fewer than 50 frustrated or 50 pleased texts
            the lexicon is returned alone.
    """
    kept = [(clean_text(text), label) for text, label in zip(texts, labels, strict=True) if label != Sentiment.NEUTRAL]
    is_pleased = np.array([label == Sentiment.PLEASED for _text, label in kept], dtype=bool)
    if min(is_pleased.sum(), (~is_pleased).sum()) < _LEAST_OF_EACH:
        return LexiconSentiment()
    words = [words_of(text) for text, _label in kept]
    lexicon = np.array([lexicon_sum(text) for text, _label in kept])
    trust = _choose_trust(lexicon, words, is_pleased)
    return _fit(words, is_pleased, trust) if trust else LexiconSentiment()


def _choose_trust(lexicon: Floats, words: Sequence[list[str]], is_pleased: NDArray[np.bool_]) -> float:
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED)
    areas = []
    for train, test in folds.split(lexicon, is_pleased):
        model = _fit([words[place] for place in train], is_pleased[train], 1.0)
        learnt = np.array([model.learnt_log_odds(words[place]) for place in test])
        areas.append([roc_auc_score(is_pleased[test], lexicon[test] + trust * learnt) for trust in _TRUSTS])
    means = np.mean(areas, axis=0)
    best = int(means.argmax())
    error = float(np.std(np.array(areas)[:, best], ddof=1)) / _FOLDS**0.5
    return _TRUSTS[best] if means[best] > means[0] + error else 0.0


def _fit(words: Sequence[list[str]], is_pleased: NDArray[np.bool_], trust: float) -> LearnedSentiment:
    vectorizer = TfidfVectorizer(
        analyzer=terms_of, min_df=2, sublinear_tf=True, max_features=_MOST_TERMS, dtype=np.float32
    )
    features = vectorizer.fit_transform(words)
    regression = LogisticRegression(C=_STRENGTH, class_weight="balanced", max_iter=1000)
    regression.fit(features, is_pleased)
    weights = zip(vectorizer.idf_.tolist(), regression.coef_[0].tolist(), strict=True)
    return LearnedSentiment(
        dict(zip(vectorizer.get_feature_names_out().tolist(), weights, strict=True)),
        float(regression.intercept_[0]),
        trust,
    )
