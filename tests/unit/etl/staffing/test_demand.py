"""Demand at a quantile, and the handle time of the mix that is forecast."""

from datetime import UTC, date, datetime

import numpy as np
import pytest

from etl.staffing.demand import Forecast, desk_demand
from etl.staffing.handle_times import HandleTime, HandleTimes
from etl.staffing.plan_hours import PlanHours

DAY = date(2026, 3, 2)
HOURS = PlanHours.between(datetime(2026, 3, 1, tzinfo=UTC), DAY, DAY, "Africa/Johannesburg")
MAIL = HandleTime({"order": 4.0, "bug": 12.0}, {9: 1.5}, 6.0, {"order": 0.75, "bug": 0.25}, 300)
CALL = HandleTime({"order": 5.0}, {}, 5.0, {"order": 1.0}, 100, follow_up_minutes=2.0)
TIMES = HandleTimes({"email": MAIL, "call": CALL}, 400)
LIVE = frozenset({"call"})


def flat(per_hour: float) -> dict[tuple[date, int], float]:
    """Return the same number in every hour of the day."""
    return {(DAY, hour): per_hour for hour in range(24)}


def forecast(**series: float) -> Forecast:
    """Return a forecast of series such as channel_email, whose day may be half or twice as much."""
    named = {name.replace("_", "=", 1): per_hour for name, per_hour in series.items()}
    days = {
        (name, DAY): (24 * each, (12 * each, 15 * each, 20 * each, 24 * each, 30 * each, 36 * each, 48 * each))
        for name, each in named.items()
    }
    return Forecast(DAY, {name: flat(each) for name, each in named.items()}, days)


def test_a_quantile_scales_the_whole_day() -> None:
    """Staffed for nine days in ten, every hour has the share more that the day has."""
    found = desk_demand(forecast(channel_email=2.0), TIMES, HOURS, LIVE, 0.9)
    assert np.allclose(found["email"].contacts, 3.0)
    assert np.allclose(desk_demand(forecast(channel_email=2.0), TIMES, HOURS, LIVE, None)["email"].contacts, 2.0)


def test_a_higher_quantile_is_never_less_demand() -> None:
    """Between the quantiles that are told it rises evenly."""
    contacts = [
        desk_demand(forecast(channel_email=2.0), TIMES, HOURS, LIVE, each / 100)["email"].contacts[0]
        for each in range(3, 98)
    ]
    assert contacts == sorted(contacts)


def test_the_handle_time_follows_the_forecast_mix() -> None:
    """Where as many bugs as orders are forecast, mail takes the mean of both; at nine half as long again."""
    found = desk_demand(forecast(channel_email=2.0, category_order=1.0, category_bug=1.0), TIMES, HOURS, LIVE, None)[
        "email"
    ]
    assert found.handle_seconds[10] == pytest.approx(8 * 60)
    assert found.handle_seconds[9] == pytest.approx(12 * 60)


def test_without_a_mix_the_usual_one_counts() -> None:
    """No category forecast, or none that is known: the shares of the past."""
    for series in ({}, {"category_other": 1.0}):
        found = desk_demand(forecast(channel_email=2.0, **series), TIMES, HOURS, LIVE, None)["email"]
        assert found.handle_seconds[10] == pytest.approx(6 * 60)


def test_calls_leave_work_behind() -> None:
    """Each call brings two minutes of follow-up, which is no call."""
    found = desk_demand(forecast(channel_call=3.0), TIMES, HOURS, LIVE, None)
    assert found["call"].handle_seconds[10] == pytest.approx(300)
    assert np.allclose(found["follow-up of call"].contacts, 3.0)
    assert np.allclose(found["follow-up of call"].handle_seconds, 120)


def test_a_total_alone_is_shared_out_as_tickets_were() -> None:
    """Without forecasts by channel, each gets the share of the total that it had."""
    found = desk_demand(forecast(total=4.0), TIMES, HOURS, LIVE, None)
    assert np.allclose(found["email"].contacts, 3.0)
    assert np.allclose(found["call"].contacts, 1.0)


def test_a_channel_never_handled_takes_as_long_as_the_slowest() -> None:
    """Nothing is known of it, so the longest mean is taken, to be safe."""
    found = desk_demand(forecast(channel_social=1.0), TIMES, HOURS, LIVE, None)
    assert found["social"].handle_seconds[10] == pytest.approx(360)
