"""What the cards about ratings say."""

import math

from analytics.notices import Notice
from portal.numbers import phrasing
from portal.topics.drivers.dataset import DriverEffect, Drivers, ResponseRate
from portal.topics.drivers.sentences import DRIVER_NAMES, DRIVERS, SENTENCES

_SAME_AGENT = "same_agent"
_CHANCE = 1.96
"""Of the square root of n: so far a correlation strays by chance in 19 of 20 cases."""
_SEVERAL_AGENTS = "several_agents"
_EXPERIENCE = "agent_experience"


def effects(dataset: Drivers) -> str:
    """Say what goes with ratings most surely."""
    first = _surest(dataset)
    if first is None:
        return "Nothing that was looked at goes with better or worse ratings by more than chance."
    return effect(first)


def besides(dataset: Drivers) -> tuple[DriverEffect, ...]:
    """Return what is told in words besides the surest: what has no row among the points."""
    first = _surest(dataset)
    return tuple(each for each in dataset.effects if each.is_supported and each.unit != "points" and each is not first)


def _surest(dataset: Drivers) -> DriverEffect | None:
    """Return the surest; one agent in place of several is told by the two means, not as several in place of one too."""
    supported = [each for each in dataset.effects if each.is_supported]
    if not supported or supported[0].slug != _SEVERAL_AGENTS:
        return supported[0] if supported else None
    return next((each for each in supported if each.slug == _SAME_AGENT), supported[0])


def effect(found: DriverEffect) -> str:
    """Say what goes with one more of a driver, with its interval and n."""
    end = _percent if found.slug == _SAME_AGENT else _points
    return SENTENCES["with_interval"].format(
        claim=claim(found.slug, found.estimate, found.means, is_supported=found.is_supported),
        low=end(found.low),
        high=end(found.high),
        count=phrasing.count(found.n),
    )


def claim(slug: str, estimate: float, means: tuple[float, float] | None, *, is_supported: bool) -> str:
    """Say what goes with one more of a driver, and leave its interval to whoever tells it.

    Args:
        slug: The driver.
        estimate: Points of rating; for one agent in place of several a ratio of mean ratings.
        means: Those two means; None for every other driver.
        is_supported: Whether more may be said than that no effect was found.
    """
    if slug == _SAME_AGENT:
        return _same_agent(estimate, means, is_supported=is_supported)
    name = ("effect.more" if estimate > 0 else "effect.less") if is_supported else "effect.none"
    return SENTENCES[name].format(driver=DRIVERS[slug], points=f"{abs(estimate):.2f}")


def _same_agent(ratio: float, means: tuple[float, float] | None, *, is_supported: bool) -> str:
    if not is_supported or means is None:
        return SENTENCES["same_agent.none"]
    size = f"{abs(100 * (ratio - 1)):.0f}{phrasing.THIN}%"
    name = "same_agent.higher" if ratio > 1 else "same_agent.lower"
    return SENTENCES[name].format(size=size, mean=f"{means[0]:.2f}", other_mean=f"{means[1]:.2f}")


def _points(value: float) -> str:
    return f"{value:+.2f}".replace("-", phrasing.MINUS) if value else "0"


def _percent(ratio: float) -> str:
    return f"{100 * (ratio - 1):+.0f}{phrasing.THIN}%".replace("-", phrasing.MINUS)


def notice(found: Notice) -> str:
    """Say what is missing, and which file would fill it."""
    said = SENTENCES[found.slug].format(**{name: _part(name, value) for name, value in found.facts.items()})
    return said + SENTENCES["hiring_dates"] if found.facts.get("driver") == _EXPERIENCE else said


def _part(name: str, value: int | str) -> str | phrasing.Counted:
    if name == "driver":
        return DRIVER_NAMES[str(value)]
    return phrasing.Counted(value)


def response(dataset: Drivers) -> str:
    """Say how far the ratings stand for everybody."""
    whole = next(rate for rate in dataset.rates if not rate.dimension)
    if not whole.answered:
        return SENTENCES["response.nobody"]
    answered, offered = phrasing.count(whole.answered), phrasing.count(whole.offered)
    rate = SENTENCES["response.rate"].format(share=phrasing.percent(whole.rate), answered=answered, offered=offered)
    return " ".join((rate, *_types(dataset, whole), SENTENCES["response.silent"]))


def _types(dataset: Drivers, whole: ResponseRate) -> tuple[str, ...]:
    """Say of two customer types that one answers more often, where they differ by more than chance."""
    types = sorted((rate for rate in dataset.rates if rate.dimension == "customer_type"), key=lambda rate: rate.value)
    most, least = (pick(types, key=lambda rate: rate.rate, default=whole) for pick in (max, min))
    if most.low <= least.high:
        return ()
    said = SENTENCES["response.types"].format(
        most=_type_name(most.value),
        most_share=phrasing.percent(most.rate),
        least=_type_name(least.value),
        least_share=phrasing.percent(least.rate),
    )
    return (said,)


def _type_name(value: str) -> str:
    return "Unknown" if value == "~" else value.replace("_", " ").capitalize()


def shares(dataset: Drivers) -> str:
    """Say how much of the differences is understood, and what most of that goes with."""
    if not dataset.shares or dataset.r_squared is None:
        return ""
    known, largest = sum(each.share for each in dataset.shares), dataset.shares[0]
    parts = [f"{each.label[0].lower()}{each.label[1:]} ({phrasing.percent(each.share)})" for each in dataset.shares]
    # "Most" is said only where the whole interval lies above half.
    named = f"most of it with {parts[0]}" if largest.low > known / 2 else f"with {phrasing.listed(tuple(parts))}"
    whole = phrasing.percent(known)
    return f"{whole} of the differences between ratings go with what is recorded, {named}. The rest is not explained."


def correlations(dataset: Drivers) -> str:
    """Say how closely each goes with the rating, if by more than chance, and that this is no effect."""
    with_rating = [each for each in dataset.correlations if each.variable == "Rating" and each.pearson is not None]
    if not with_rating:
        return "There are too few ratings, or they are all the same, so nothing can be correlated with them."
    ranked = sorted(with_rating, key=lambda each: -abs(each.pearson or 0))
    beyond = [each for each in ranked if abs(each.pearson or 0) > _CHANCE / math.sqrt(each.n)]
    if not beyond:
        return "Taken one by one, nothing goes with the rating by more than chance."
    named = phrasing.listed(tuple(f"{each.other.lower()} {coefficient(each.pearson)}" for each in beyond))
    return f"Taken one by one, with nothing held equal, these go with the rating: {named}."


def coefficient(value: float | None) -> str:
    """Return a correlation to two decimals, signed."""
    if value is None:
        return phrasing.NOTHING
    text = f"{value:+.2f}"
    return "0.00" if text in {"+0.00", "-0.00"} else text.replace("-", phrasing.MINUS)
