"""The chance that a customer leaves within 90 days, learnt from those who did, and how far it can be trusted."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from scipy.special import logit
from sklearn.calibration import CalibratedClassifierCV
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from analytics.churn.features import FEATURES, active_customers, features_at, with_types
from analytics.churn.history import CustomerHistory, Floats
from analytics.churn.snapshots import Snapshots, snapshots, split_by_time
from analytics.intervals import Estimate
from analytics.vocabulary import MIDDLE_95

LEAST_LEFT: Final = 30
"""Fewest departures among the customers to learn from, and among those to test on."""
LOGISTIC, BOOSTING = "logistic", "gradient_boosting"
MODELS: Final = (LOGISTIC, BOOSTING)
_FOLDS: Final = 5
_BINS: Final = 10
_RESAMPLES: Final = 200
_MOST_REASONS: Final = 3
_LEAST_REASON: Final = 0.05
_TINY: Final = 1e-6


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """A tenth of the customers, by predicted chance.

    Attributes:
        predicted: Their mean predicted chance.
        observed: Share that left.
        n: How many.
    """

    predicted: float
    observed: float
    n: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How a model did on later months that it had not seen.

    Attributes:
        model: One of `MODELS`.
        auc: How often a customer who left had a higher chance than one who stayed; 0.5 is a coin.
        lift: Share that left among the tenth with the highest chance ÷ share that left among all.
        log_loss: Lower is better.
        baseline_log_loss: The loss when everybody is given the share that left before.
        reliability: Predicted against observed, from low to high.
        n: Rows: a customer at an instant each.
        left: How many of those rows left within 90 days.
    """

    model: str
    auc: Estimate
    lift: Estimate
    log_loss: float
    baseline_log_loss: float
    reliability: tuple[ReliabilityBin, ...]
    n: int
    left: int


@dataclass(frozen=True, slots=True)
class ChurnModel:
    """Chances for today's customers.

    Attributes:
        chosen: The model with the lower loss on customers it had not learnt from.
        evaluations: Both models on the same later months.
        customers: Place of each customer who has not left.
        chances: Chance that each of them leaves within 90 days.
        reasons: The features that raise each one's chance above a typical customer's, the strongest first.
    """

    chosen: str
    evaluations: tuple[Evaluation, ...]
    customers: "np.ndarray[tuple[int], np.dtype[np.int64]]"
    chances: Floats
    reasons: tuple[tuple[str, ...], ...]


def churn_model(history: CustomerHistory) -> ChurnModel | None:
    """Learn from customers at past instants, test on later ones, and score today's.

    The model is chosen before the test, by the loss on customers left out of the learning (five folds, all rows of a
    customer in the same fold).

    Returns:
        None with too short a history, or fewer than 30 departures to learn from or to test on.
    """
    every = snapshots(history)
    if every is None:
        return None
    learnt, tested = split_by_time(every)
    if min(learnt.left.sum(), tested.left.sum()) < LEAST_LEFT:
        return None
    losses = {name: _held_out_loss(name, learnt) for name in MODELS}
    chosen = min(MODELS, key=lambda name: losses[name])
    evaluations = tuple(_evaluation(name, _fitted(name, learnt), learnt, tested) for name in MODELS)
    serving = _fitted(chosen, every)
    customers = np.flatnonzero(active_customers(history, history.end))
    today = with_types(features_at(history, history.end), history).iloc[customers]
    return ChurnModel(chosen, evaluations, customers, _chances(serving, today), _reasons(serving, today, every.table))


def _estimator(name: str) -> Any:  # noqa: ANN401 - scikit-learn publishes no types
    if name == LOGISTIC:
        return make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=500))
    return HistGradientBoostingClassifier(
        learning_rate=0.05, max_iter=80, max_leaf_nodes=8, min_samples_leaf=100, l2_regularization=1.0, random_state=0
    )


def _folds(rows: Snapshots) -> list[tuple[Any, Any]]:
    return list(GroupKFold(_FOLDS).split(rows.table, rows.left, rows.customer))


def _fitted(name: str, rows: Snapshots) -> Any:  # noqa: ANN401 - scikit-learn publishes no types
    """Return the model, its chances calibrated on folds it had not learnt from (Platt, 1999)."""
    return CalibratedClassifierCV(_estimator(name), method="sigmoid", cv=_folds(rows)).fit(rows.table, rows.left)


def _held_out_loss(name: str, rows: Snapshots) -> float:
    chances = cross_val_predict(_estimator(name), rows.table, rows.left, cv=_folds(rows), method="predict_proba")[:, 1]
    return float(log_loss(rows.left, chances))


def _chances(model: Any, table: pd.DataFrame) -> Floats:  # noqa: ANN401 - scikit-learn publishes no types
    return np.asarray(model.predict_proba(table)[:, 1], dtype=float)


def _evaluation(name: str, model: Any, learnt: Snapshots, tested: Snapshots) -> Evaluation:  # noqa: ANN401 - scikit-learn publishes no types
    chances = _chances(model, tested.table)
    auc, lift = _resampled(tested, chances)
    base = np.full(tested.left.size, learnt.left.mean())
    order = np.array_split(np.argsort(chances, kind="stable"), _BINS)
    bins = tuple(
        ReliabilityBin(float(chances[each].mean()), float(tested.left[each].mean()), each.size) for each in order
    )
    return Evaluation(
        name,
        auc,
        lift,
        float(log_loss(tested.left, chances)),
        float(log_loss(tested.left, base)),
        bins,
        tested.left.size,
        int(tested.left.sum()),
    )


def _resampled(tested: Snapshots, chances: Floats) -> tuple[Estimate, Estimate]:
    """Return AUC and lift; their intervals are the middle 95 % when customers are drawn again 200 times (bootstrap)."""
    rng = np.random.default_rng(0)
    people, codes = np.unique(tested.customer, return_inverse=True)
    drawn = []
    for _again in range(_RESAMPLES):
        weight = rng.multinomial(people.size, np.full(people.size, 1 / people.size))[codes].astype(float)
        if weight[tested.left > 0].sum() > 0:
            drawn.append((_auc(tested.left, chances, weight), _lift(tested.left, chances, weight)))
    low, high = np.percentile(np.array(drawn), MIDDLE_95, axis=0)
    even = np.ones(chances.size)
    return (
        Estimate(_auc(tested.left, chances, even), float(low[0]), float(high[0]), 0.0),
        Estimate(_lift(tested.left, chances, even), float(low[1]), float(high[1]), 0.0),
    )


def _auc(left: Floats, chances: Floats, weight: Floats) -> float:
    return float(roc_auc_score(left, chances, sample_weight=weight))


def _lift(left: Floats, chances: Floats, weight: Floats) -> float:
    order = np.argsort(-chances, kind="stable")
    top = order[np.cumsum(weight[order]) <= weight.sum() / _BINS]
    return float(np.average(left[top], weights=weight[top] + _TINY) / np.average(left, weights=weight))


def _reasons(model: Any, today: pd.DataFrame, past: pd.DataFrame) -> tuple[tuple[str, ...], ...]:  # noqa: ANN401 - scikit-learn publishes no types
    """Return, for each customer, the features that raise the log-odds most above those of a typical past value."""
    now = logit(np.clip(_chances(model, today), _TINY, 1 - _TINY))
    raises = np.zeros((len(today), len(FEATURES)))
    for place, name in enumerate(FEATURES):
        typical = _chances(model, today.assign(**{name: past[name].median()}))
        raises[:, place] = now - logit(np.clip(typical, _TINY, 1 - _TINY))
    names, order = list(FEATURES), np.argsort(-raises, axis=1)[:, :_MOST_REASONS]
    return tuple(
        tuple(names[place] for place in row if raises[number, place] > _LEAST_REASON)
        for number, row in enumerate(order.tolist())
    )
