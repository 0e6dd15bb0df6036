"""A category model of the usual kind, fitted to the bookshop's tickets, for the benchmarks that combine keywords."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline, make_union

Floats = NDArray[np.float64]
_FOLDS: Final = 4


@dataclass(frozen=True, slots=True)
class BookshopModel:
    """TF-IDF of words and characters, logistic regression, and one temperature from out-of-fold scores."""

    classes: tuple[str, ...]
    pipeline: Any
    temperature: float

    @classmethod
    def fit(cls, texts: Sequence[str], categories: Sequence[str]) -> Self:
        """Fit to texts; always the same for the same texts."""
        pipeline = _pipeline().fit(texts, categories)
        classes = tuple(str(each) for each in pipeline.classes_)
        folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=0)
        scores = cross_val_predict(_pipeline(), texts, categories, cv=folds, method="predict_log_proba")
        truth = np.array([classes.index(each) for each in categories])

        def loss(temperature: float) -> float:
            return log_loss(_softmax(scores / temperature), truth)

        return cls(classes, pipeline, float(minimize_scalar(loss, bounds=(0.2, 5), method="bounded").x))

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the calibrated probability of every class for every text."""
        return _softmax(self.pipeline.predict_log_proba(texts) / self.temperature).astype(np.float32)

    def terms(self, text: str, category: str, most: int) -> tuple[tuple[str, float], ...]:
        """Return the words of the text with their log-odds for a category, the strongest first."""
        union, regression = self.pipeline[0], self.pipeline[-1]
        row = union.transform([text]).multiply(regression.coef_[self.classes.index(category)]).tocoo()
        names = union.get_feature_names_out()
        found = [(str(names[column]).partition("__")[2], float(value)) for column, value in zip(row.col, row.data)]  # noqa: B905 - of one matrix
        return tuple(sorted(found, key=lambda each: -abs(each[1]))[:most])


def log_loss(probabilities: Floats, truth: NDArray[np.int64]) -> float:
    """Return the log loss: the mean of -ln(probability of the right category)."""
    given = probabilities[np.arange(len(truth)), truth]
    return float(-np.log(np.maximum(given, 1e-12)).mean())


def calibration_error(confidences: Floats, is_right: NDArray[np.bool_], bins: int = 15) -> float:
    """Return the expected calibration error with bins of equal width (Guo et al., ICML 2017)."""
    places = np.minimum((confidences * bins).astype(int), bins - 1)
    held = (places == place for place in range(bins))
    gaps = [(each.mean(), abs(confidences[each].mean() - is_right[each].mean())) for each in held if each.any()]
    return float(sum(share * gap for share, gap in gaps))


def _pipeline() -> Any:  # noqa: ANN401 - scikit-learn publishes no types
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, dtype=np.float32)
    characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True, dtype=np.float32)
    return make_pipeline(make_union(words, characters), LogisticRegression(C=30, max_iter=500))


def _softmax(scores: Floats) -> Floats:
    powers: Floats = np.exp(scores - scores.max(axis=1, keepdims=True))
    powers /= powers.sum(axis=1, keepdims=True)
    return powers
