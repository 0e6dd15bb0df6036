"""Made-up desks: what is planted is there, what is not is not, and the same seed makes the same desk."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from benchmarks.truth.drawing import draw_plan
from benchmarks.truth.effects_of_handling import handling_effects
from benchmarks.truth.effects_of_people import people_effects
from benchmarks.truth.effects_of_volume import odd_z, volume_effects
from benchmarks.truth.made_desk import MadeDesk, make_desk
from benchmarks.truth.plan import ALL, LOW, REPLY, RESOLUTION, DeskPlan, OddDays, Season
from benchmarks.truth.planted import Effect, Family
from benchmarks.truth.rows import now_of, rows_of
from benchmarks.truth.truth import truth_of

_NEUTRAL = next(plan for plan in map(draw_plan, range(100)) if plan.is_neutral and plan.has_messages)


def _plan(**planted: Mapping[str, Any]) -> DeskPlan:
    """Return a desk of 6,000 tickets in two years and a half, in which nothing but the given is planted."""
    usual: dict[str, dict[str, Any]] = {
        "volume": {"total": 6_000, "days": 915, "growth": 0.0, "bend": 0.0, "weekly_spread": 0.0},
        "handling": {"reply_median": 1.0, "work_median": 20.0, "stuck_share": 0.0},
        "ratings": {"answer_share": 0.6, "bend_hours": None},
        "people": {"yearly_leaving": 0.2},
    }
    parts = {
        name: replace(getattr(_NEUTRAL, name), **{**changes, **planted.get(name, {})})
        for name, changes in usual.items()
    }
    return replace(_NEUTRAL, seed=5, **parts)


def _effects(desk: MadeDesk) -> dict[tuple[Family, str], Effect]:
    truth = truth_of(desk)
    found = [*handling_effects(desk, truth), *volume_effects(desk), *people_effects(desk, truth)]
    return {(each.family, each.subject): each for each in found}


def test_the_same_seed_makes_the_same_desk() -> None:
    one, other = (make_desk(draw_plan(11, 2_000)) for _turn in range(2))
    for name, rows in rows_of(one).items():
        assert rows.equals(rows_of(other)[name])


def test_seeds_vary_in_all_that_a_desk_can_be() -> None:
    plans = [draw_plan(seed) for seed in range(120)]
    assert 12 <= sum(plan.is_neutral for plan in plans) <= 40
    assert {plan.zone for plan in plans} == {"Africa/Johannesburg", "America/New_York", "Europe/Berlin", "UTC"}
    assert any(plan.is_date_only for plan in plans)
    assert min(plan.volume.total for plan in plans) < 2_000
    assert max(plan.volume.total for plan in plans) > 60_000
    rated = {frozenset(plan.ratings.effects) & {REPLY, RESOLUTION} for plan in plans}
    assert len(rated) == 4
    assert {sum(agent.is_bad for agent in plan.handling.agents) for plan in plans} == {0, 1, 2, 3}
    assert {each.kind for plan in plans for each in plan.volume.odd} == {"bulk", "burst", "gap"}


def test_on_a_neutral_desk_nothing_is_planted_and_nothing_matters() -> None:
    desk = make_desk(_plan())
    truth = truth_of(desk)
    assert not [each for each in _effects(desk).values() if each.matters]
    assert not truth.hazards
    assert not truth.ratings
    assert len(set(truth.medians.values())) == 1
    assert list(truth.missed.values()) == pytest.approx([next(iter(truth.missed.values()))] * len(truth.missed))
    assert truth.missed_change == pytest.approx(0, abs=1e-9)
    assert all((factor == pytest.approx(1.0)) for series in truth.seasons.values() for factor in series)


def test_a_slow_category_is_slower_on_the_desk_and_in_its_truth() -> None:
    names = list(_NEUTRAL.handling.categories)
    desk = make_desk(_plan(handling={"categories": {name: 0.6 * (name == names[1]) for name in names}}))
    mine = desk.kinds.category == 1
    assert np.median(desk.times.resolution[mine]) > 1.4 * np.median(desk.times.resolution[~mine])
    truth = truth_of(desk)
    assert max(truth.medians, key=lambda name: truth.medians[name]) == names[1]
    assert _effects(desk)[Family.SLOWEST, names[1]].matters


def test_a_season_brings_its_tickets_every_year() -> None:
    desk = make_desk(_plan(volume={"seasons": (Season(ALL, 100, 30, 2.0),)}))
    days = (desk.created_at // 86_400).astype(int)
    truth = truth_of(desk)
    assert truth.seasons[ALL][[99, 100, 129, 130]].tolist() == pytest.approx([1, 2, 2, 1])
    assert _effects(desk)[Family.SEASON, ":100"].matters
    assert days.max() == 914


def test_a_bulk_day_brings_its_tickets_once() -> None:
    odd = OddDays("bulk", ALL, date(2024, 12, 3), 1, 20.0)
    desk = make_desk(_plan(volume={"odd": (odd,)}))
    counts = np.bincount((desk.created_at // 86_400).astype(int))
    assert counts.argmax() == (odd.first - desk.plan.volume.first).days
    assert _effects(desk)[Family.ODD, f":{odd.first}"].matters


def test_customers_leave_more_often_after_what_is_planted() -> None:
    desk = make_desk(_plan(people={"hazards": {LOW: 6.0}}))
    assert truth_of(desk).goes_with[LOW] == pytest.approx(6, rel=0.3)
    effect = _effects(desk)[Family.LEAVING, LOW]
    assert effect.matters
    assert np.isfinite(desk.people.left_at).sum() > 30


def test_an_effect_on_ratings_is_seen_in_them() -> None:
    desk = make_desk(_plan(ratings={"effects": {RESOLUTION: -0.4}}))
    rated = desk.is_rated
    took = np.log((desk.resolved_at - desk.created_at)[rated])
    assert np.corrcoef(took, desk.rating[rated])[0, 1] < -0.2
    assert {effect for family, effect in _effects(desk) if family is Family.RATINGS} == {RESOLUTION}


def test_rows_hold_nothing_of_the_time_after_the_end() -> None:
    desk = make_desk(_plan())
    end = now_of(desk).replace(tzinfo=None)
    tables = rows_of(desk)
    for table, columns in {
        "support_tickets": ["created_at", "resolved_at", "rated_at"], "customer_interactions": ["timestamp"],
        "customers": ["churned_at"],
    }.items():  # fmt: skip
        for column in columns:
            assert (tables[table][column].dt.tz_localize(None).dropna() < end).all()
    assert set(tables["customer_interactions"]["ticket_id"]) <= set(tables["support_tickets"]["id"])
    assert set(tables["support_tickets"]["customer_email"]) <= set(tables["customers"]["customer_email"])


def test_a_desk_of_days_alone_tells_no_time() -> None:
    desk = make_desk(replace(_plan(), is_date_only=True, has_messages=False))
    tickets = rows_of(desk)["support_tickets"]
    local = tickets["created_at"].dt.tz_convert(desk.plan.zone)
    assert tickets["is_date_only"].all()
    assert (local.dt.hour == 0).all()
    assert tickets["first_replied_at"].isna().all()


def test_whole_days_show_less_of_a_slow_category_than_times_do() -> None:
    """Most tickets are solved on their day, so the days hardly differ."""
    names = list(_NEUTRAL.handling.categories)
    handling = {"categories": {name: 0.3 * (name == names[1]) for name in names}, "work_median": 2.0}
    known, dated = (
        _effects(make_desk(replace(_plan(handling=handling), is_date_only=is_dated)))[Family.SLOWEST, names[1]]
        for is_dated in (False, True)
    )
    assert known.size == dated.size
    assert dated.z < 0.7 * known.z


def test_a_neglected_pair_misses_most_targets() -> None:
    name = next(iter(_NEUTRAL.handling.categories))
    desk = make_desk(_plan(handling={"slow_pair": (name, "high", 1.2)}))
    truth = truth_of(desk)
    assert max(truth.missed, key=lambda pair: truth.missed[pair]) == f"{name}/high"
    assert (Family.TARGETS, f"{name}/high") in _effects(desk)


def test_a_rare_odd_day_is_as_sure_as_its_power_says() -> None:
    """Where one ticket comes a day, six are five deviations more, but a test finds such days only mostly."""
    volume = _plan().volume
    rare, common = (np.full(volume.days, each) for each in (1.0, 200.0))
    day = OddDays("burst", ALL, date(2024, 12, 3), 1, 6.0)
    assert 2.5 < odd_z(volume, day, rare) < 3.5
    assert odd_z(volume, day, common) > 8
    gap = OddDays("gap", ALL, date(2024, 12, 3), 1, 0.03)
    assert odd_z(volume, gap, rare) == 0
    assert odd_z(volume, gap, common) > 5
