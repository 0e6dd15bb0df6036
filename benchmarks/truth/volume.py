"""How many tickets are expected on each day of a made-up desk, and how many come."""

import numpy as np

from benchmarks.truth.calendar import day_of_year, holidays_of
from benchmarks.truth.plan import ALL, Codes, Floats, VolumePlan


def season_factor(plan: VolumePlan, category: str, days_of_year: Codes) -> Floats:
    """Return the factor that the seasons of a category, and those of all tickets, have on some days of the year."""
    factor = np.ones(days_of_year.size)
    for each in plan.seasons:
        if each.series in {ALL, category}:
            factor[each.holds(days_of_year)] *= each.factor
    return factor


def usual_factor(plan: VolumePlan, country: str | None) -> Floats:
    """Return the factor of each day's weekday, growth and public holiday."""
    years = np.arange(plan.days) / 365.25
    weekday = (plan.first.weekday() + np.arange(plan.days)) % 7
    closed = holidays_of(country, plan.first, plan.days)
    days = np.datetime64(plan.first) + np.arange(plan.days)
    is_holiday = np.isin(days, np.array(sorted(closed), dtype="datetime64[D]"))
    trend = np.exp(plan.growth * years + plan.bend * years**2)
    return np.array(plan.weekdays)[weekday] * trend * np.where(is_holiday, plan.holiday, 1.0)


def expected_counts(plan: VolumePlan, country: str | None) -> dict[str, Floats]:
    """Return the tickets expected on each day by category, without odd days."""
    usual, days = usual_factor(plan, country), day_of_year(plan.first, plan.days)
    scale = plan.total / usual.sum()
    return {name: scale * share * usual * season_factor(plan, name, days) for name, share in plan.shares.items()}


def drawn_counts(rng: np.random.Generator, plan: VolumePlan, country: str | None) -> dict[str, Codes]:
    """Return the tickets that come on each day by category: negative binomial, with a factor for each week."""
    weeks = np.arange(plan.days) // 7
    spread = plan.weekly_spread
    weekly = rng.gamma(1 / spread**2, spread**2, weeks.max() + 1)[weeks] if spread else np.ones(plan.days)
    # A factor that all categories of a day share makes them vary together, as they do on a real desk.
    daily = rng.gamma(plan.dispersion, 1 / plan.dispersion, plan.days)
    counts = {
        name: rng.poisson(mean * weekly * daily * odd_factor(plan, name))
        for name, mean in expected_counts(plan, country).items()
    }
    return {name: each.astype(np.int64) for name, each in counts.items()}


def odd_factor(plan: VolumePlan, category: str) -> Floats:
    """Return the factor that odd days have on the tickets of a category."""
    factor = np.ones(plan.days)
    for each in plan.odd:
        if each.series in {ALL, category}:
            start = (each.first - plan.first).days
            factor[start : start + each.count] *= each.factor
    return factor
