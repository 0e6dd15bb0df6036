"""What the cards about ratings say."""

from portal.numbers import phrasing
from portal.topics.drivers.dataset import Drivers


def effects(dataset: Drivers) -> str:
    """Say how many things go with ratings, and the surest of them."""
    told = [each for each in dataset.effects if each.is_supported]
    if not told:
        return "Nothing that was looked at goes with better or worse ratings by more than chance."
    return f"{told[0].sentence}"


def shares(dataset: Drivers) -> str:
    """Say how much of the differences is understood, and what most of that goes with."""
    if not dataset.shares or dataset.r_squared is None:
        return ""
    largest = dataset.shares[0]
    known = phrasing.percent(sum(each.share for each in dataset.shares))
    return (
        f"{known} of the differences between ratings go with what is recorded, most of it with"
        f" {largest.label[0].lower()}{largest.label[1:]} ({phrasing.percent(largest.share)}). The"
        f" rest is not explained."
    )


def correlations(dataset: Drivers) -> str:
    """Say what goes most closely with the rating."""
    with_rating = [each for each in dataset.correlations if each.variable == "Rating" and each.pearson is not None]
    if not with_rating:
        return "There are too few ratings, or they are all the same, so nothing can be correlated with them."
    closest = max(with_rating, key=lambda each: abs(each.pearson or 0))
    return f"Of these, {closest.other.lower()} goes most closely with the rating: {coefficient(closest.pearson)}."


def coefficient(value: float | None) -> str:
    """Return a correlation to two decimals, signed."""
    if value is None:
        return phrasing.NOTHING
    text = f"{value:+.2f}"
    return "0.00" if text in {"+0.00", "-0.00"} else text.replace("-", phrasing.MINUS)
