"""Scores of today's customers: from the past alone, tested on later months, with reasons; points where nobody left."""

import numpy as np
import pandas as pd
import pytest

from analytics.churn.features import FEATURES, features_at
from analytics.churn.history import CustomerHistory
from analytics.churn.indicator import PARTS, risk_indicator, strongest_parts
from analytics.churn.labelled import MODELS, churn_model
from analytics.churn.report import INDICATOR, MODEL, NOTHING, churn_report
from analytics.churn.snapshots import HORIZON_DAYS, snapshots, split_by_time
from analytics.time_units import DAY_SECONDS
from tests.factories.churn import START, day, made_history, ticket

_END = 720


def _risky_desk(seed: int = 3, customers: int = 900) -> CustomerHistory:
    """Customers who write every few months; after a late answer they leave twenty times as often."""
    rng = np.random.default_rng(seed)
    tickets, left = [ticket(0, 0)], []
    for place in range(customers):
        at, gone = float(rng.uniform(0, 90)), None
        while at < _END and gone is None:
            is_late = rng.random() < 0.2
            tickets.append(ticket(place, at, is_first_reply_breached=bool(is_late)))
            wait = rng.exponential(1 / (0.0003 * (20 if is_late else 1)))
            pause = rng.uniform(20, 120)
            gone = at + wait if wait < pause and at + wait < _END else None
            at += pause
        left.append(gone)
    return made_history(tickets, left, end=_END)


@pytest.fixture(scope="module")
def history() -> CustomerHistory:
    return _risky_desk()


def test_features_know_nothing_of_what_came_later(history: CustomerHistory) -> None:
    """What is known at an instant is the same whether or not the history goes on after it."""
    at = START.timestamp() + 400 * DAY_SECONDS
    table = features_at(history, at)
    frame = history.tickets
    past = frame[frame["created_at"] <= at].copy()
    for column in ("first_reply_at", "resolved_at", "rated_at"):
        past[column] = past[column].where(past[column] <= at)
    cut = CustomerHistory(
        history.start,
        at,
        history.types,
        history.joined_at,
        np.where(history.churned_at <= at, history.churned_at, np.nan),
        past.reset_index(drop=True),
    )
    pd.testing.assert_frame_equal(table, features_at(cut, at))
    assert list(table.columns) == list(FEATURES)
    assert not table.isna().any().any()


def test_one_customer_s_features_by_hand() -> None:
    """Two late tickets within 180 days, one of them open, silence of 20 days."""
    history = made_history(
        [
            ticket(0, 0),
            ticket(0, 300, is_first_reply_breached=True),
            ticket(0, 380, is_first_reply_breached=True, resolved_at=None),
            ticket(0, 390, rating=1.0, rated_at=day(391)),
        ],
        [None],
        end=410,
    )
    row = features_at(history, history.end).iloc[0]
    assert row[["late_recently", "low_ratings_recently", "open_now", "tickets_recently"]].tolist() == [2, 1, 1, 2]
    assert row["silence_days"] == pytest.approx(20)
    assert row["customer_days"] == pytest.approx(410)
    assert row["mean_rating"] == pytest.approx((1.0 + 3.5) / 2)
    assert row["unresolved_recently"] == 1


def test_what_is_tested_is_later_than_what_was_learnt_from(history: CustomerHistory) -> None:
    """No outcome that was learnt from lies after the first instant of the test."""
    every = snapshots(history)
    assert every is not None
    learnt, tested = split_by_time(every)
    assert learnt.at.max() + HORIZON_DAYS * DAY_SECONDS <= tested.at.min()
    assert tested.at.max() + HORIZON_DAYS * DAY_SECONDS <= history.end
    gone = history.churned_at[every.customer] <= every.at
    assert not gone.any()


def test_the_model_finds_whom_it_should_and_says_how_well(history: CustomerHistory) -> None:
    """Better than a coin on months it had not seen, calibrated on the whole, with late answers among the reasons."""
    model = churn_model(history)
    assert model is not None
    assert {each.model for each in model.evaluations} == set(MODELS)
    chosen = next(each for each in model.evaluations if each.model == model.chosen)
    assert chosen.auc.low > 0.5
    assert chosen.lift.value > 1
    assert sum(each.n for each in chosen.reliability) == chosen.n
    said = sum(each.predicted * each.n for each in chosen.reliability) / chosen.n
    assert said == pytest.approx(chosen.left / chosen.n, abs=0.03)
    assert ((model.chances > 0) & (model.chances < 1)).all()
    assert np.isnan(history.churned_at[model.customers]).all()
    riskiest = np.argsort(-model.chances)[:20]
    assert sum("late_recently" in model.reasons[place] for place in riskiest) > 10


def test_without_departures_there_are_points_with_their_parts() -> None:
    """Points are the sum of the parts, none above its limit, and the worst customer comes first."""
    bad = [ticket(0, at, is_first_reply_breached=True, rating=1.0, rated_at=day(at + 1)) for at in (350, 370, 390)]
    history = made_history([*bad, ticket(1, 395), ticket(2, 0)], [None] * 3)
    indicator = risk_indicator(history)
    assert indicator.customers.tolist() == [0, 1]
    assert indicator.points[0] > indicator.points[1]
    np.testing.assert_allclose(indicator.parts.sum(axis=1), indicator.points)
    for part in PARTS:
        assert (indicator.parts[part.feature] <= part.most).all()
    assert (
        strongest_parts({str(name): float(value) for name, value in indicator.parts.iloc[0].items()})[0]
        == "low_ratings_recently"
    )
    assert sum(part.most for part in PARTS) + 15 == 100


@pytest.mark.parametrize(
    ("history", "kind", "notice"),
    [
        (made_history([], []), NOTHING, "no_customers"),
        (made_history([ticket(0, 0)], [None, None]), INDICATOR, "nobody_left"),
        (made_history([ticket(0, 0)], [None, 50]), INDICATOR, "too_few_to_learn"),
        (made_history([ticket(0, 0)], [None], end=3), INDICATOR, "nobody_left"),
    ],
    ids=["nothing", "no labels", "one departure", "three days"],
)
def test_bad_input_gives_a_report_that_says_what_is_missing(history: CustomerHistory, kind: str, notice: str) -> None:
    """No error and no chance made up: points or nothing, and a sentence."""
    report = churn_report(history)
    assert report.kind == kind
    assert report.model is None
    assert notice in {each.slug for each in report.notices}
    assert report.hazards == ()


def test_with_departures_enough_there_are_chances(history: CustomerHistory) -> None:
    """The report carries the model, and no points beside it."""
    report = churn_report(history)
    assert report.kind == MODEL
    assert report.indicator is None
    assert report.notices == ()
    assert any(each.is_supported for each in report.hazards)
