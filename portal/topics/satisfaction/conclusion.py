"""What the Satisfaction page says above its numbers."""

from typing import Final

from analytics.standing import Standing
from portal.numbers import phrasing
from portal.numbers.reading import Reading
from portal.topics.satisfaction.dataset import LowRatings, Moved, RatedParts, Ratings

STANDINGS: Final = {
    Standing.ABOVE: "clearly better",
    Standing.BELOW: "clearly worse",
    Standing.ALIKE: "cannot be told apart",
    Standing.TOO_FEW: "too few to say",
}
"""What is said of a part against all others."""


def percent(reading: Reading) -> str:
    """Return a share as a percentage; a dash where there is none."""
    return phrasing.amount(reading.value, "share", reading.n)


def points(value: float) -> str:
    """Return a difference of shares in points, signed: "−1.3"."""
    return f"{100 * value:+.1f}".replace("-", phrasing.MINUS) if round(100 * value, 1) else "0.0"


def ratings(dataset: Ratings) -> str:
    """Say what CSAT is, how it moved and whether that may be chance, and how many answer."""
    return " ".join(part for part in (_level(dataset), _answers(dataset.response)) if part)


def _level(dataset: Ratings) -> str:
    now, before = dataset.now, dataset.before
    if before is None or now.value is None or before.value is None:
        return f"{percent(now)} of {phrasing.plural(now.n, 'rating')} were 4 or 5."
    if percent(now) == percent(before):
        return f"Satisfaction is {percent(now)}, as before."
    went = "rose" if now.value > before.value else "fell"
    clear = (
        f"clearly {'higher' if now.value > before.value else 'lower'}" if dataset.judged.is_clear else "may be chance"
    )
    return f"Satisfaction {went} from {percent(before)} to {percent(now)}: {clear}."


def _answers(response: Reading) -> str:
    return "" if response.value is None else f"{percent(response)} of those asked answered."


def parts(dataset: RatedParts) -> str:
    """Say which parts differ from the others by more than chance."""
    told = {
        how: tuple(part.label for part in dataset.parts if part.standing is how)
        for how in (Standing.ABOVE, Standing.BELOW)
    }
    said = [f"{phrasing.listed(labels)} rated {STANDINGS[how]}" for how, labels in told.items() if labels]
    if said:
        return f"{'; '.join(said)} than the others."
    if all(part.standing is Standing.TOO_FEW for part in dataset.parts):
        return "Too few ratings to tell these apart."
    return "No part can be told apart from the others."


def moved(dataset: Moved) -> str:
    """Say how much of a change is what came in, and where most of the rest is, or that it may be chance."""
    effect = dataset.effect
    if effect is None:
        return ""
    total = f"{points(effect.total)} points"
    if not dataset.is_clear:
        return f"{total}, which may be chance: do not read much into its parts."
    label, step = dataset.steps[0]
    mix = f"{points(effect.mix)} of them the mix of what came in"
    return f"{total}: {points(step)} within {phrasing.in_sentence(label)}, {mix}. The parts below add up to it."


def low(dataset: LowRatings) -> str:
    """Say how many low ratings there are, and how many say why."""
    commented = (
        "none with a comment" if not dataset.commented else f"{phrasing.count(dataset.commented)} with a comment"
    )
    return f"{phrasing.plural(dataset.total, 'rating')} of 1 or 2, {commented}."
