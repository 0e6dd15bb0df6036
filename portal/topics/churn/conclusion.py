"""What the cards about leaving say."""

from analytics.notices import Notice
from portal.numbers import phrasing
from portal.numbers.reason_words import REASONS
from portal.topics.churn.dataset import Churn, LeavingRatio, ModelTest, RiskyCustomer
from portal.topics.churn.sentences import SENTENCES

_TOP = 3


def pain_points(dataset: Churn) -> str:
    """Name the top three of what goes with leaving."""
    supported = top_pain_points(dataset)
    if not supported:
        return _nothing(dataset.pain_points)
    named = phrasing.listed(tuple(f"{each.label[0].lower()}{each.label[1:]}" for each in supported))
    count = {1: "The one pain point", 2: "Two pain points", 3: "Three pain points"}[len(supported)]
    first = supported[0]
    return (
        f"{count}: {named}. After {first.label[0].lower()}{first.label[1:]} customers leave"
        f" {ratio(first.ratio)} times as"
        f" often as customers like them (likely {interval(first)})."
    )


def top_pain_points(dataset: Churn) -> tuple[LeavingRatio, ...]:
    """Return at most three that go with leaving by more than chance."""
    return tuple(each for each in dataset.pain_points if each.is_supported and each.low > 1)[:_TOP]


def hazards(dataset: Churn) -> str:
    """Say after which of the three experiences customers leave more often, the others held equal."""
    supported = [each for each in dataset.hazards if each.is_supported and each.low > 1]
    if not supported:
        return _nothing(dataset.hazards)
    first, *others = sorted(supported, key=lambda each: -each.ratio)
    said = (
        f"{first.label}: {ratio(first.ratio)} times as many leave in the 180 days after it (likely {interval(first)})."
    )
    return " ".join((said, *(f"{each.label}: {ratio(each.ratio)} times ({interval(each)})." for each in others)))


def _nothing(looked_at: tuple[LeavingRatio, ...]) -> str:
    """Say that after nothing more customers leave, and why an interval may be clear of 1 all the same."""
    count = phrasing.count(len(looked_at))
    if not any(each.low > 1 for each in looked_at):
        return f"After none of the {count} that were looked at do customers leave more often by more than chance."
    return (
        f"With {count} looked at, a likely range may lie above 1 by chance; none is clear enough to say that customers"
        " leave more often after it."
    )


def customers(dataset: Churn) -> str:
    """Say what the list is, and what is to be expected."""
    if dataset.kind == "model" and dataset.expected is not None:
        who = (
            "Which of them, the model cannot tell by more than chance."
            if any(each.is_chosen and _is_a_guess(each) for each in dataset.tests)
            else "These have the highest chances."
        )
        return (
            f"Of {phrasing.plural(dataset.scored, 'customer')} about"
            f" {phrasing.count(dataset.expected)} may leave within"
            f" {dataset.horizon_days} days. {who}"
        )
    return "These customers have the most points."


def reasons(customer: RiskyCustomer) -> str:
    """Say why a customer is in the list."""
    return phrasing.listed(tuple(REASONS[each] for each in customer.reasons)) or "nothing out of the ordinary"


def notice(found: Notice) -> str:
    """Say what is missing."""
    parts = {name: phrasing.Counted(value) for name, value in found.facts.items()}
    return SENTENCES[found.slug].format(**parts)


def model_test(test: ModelTest) -> str:
    """Say whether the chances can be trusted, in one sentence."""
    low, high = test.lift_interval
    worth = f"{ratio(test.lift)} times the average ({ratio(low)} to {ratio(high)})"
    if _is_a_guess(test):
        return (
            "On months it had not seen, the model could not tell leavers from stayers by more than"
            " chance. Do not rely on it."
        )
    return f"In the tenth with the highest chances, {worth} left, in months the model had not seen."


def _is_a_guess(test: ModelTest) -> bool:
    """Say whether a model told leavers from stayers no better than a coin, on months it had not seen."""
    return test.auc_interval[0] <= 0.5  # noqa: PLR2004 - a coin


def interval(found: LeavingRatio) -> str:
    """Return the ends of an interval of a ratio."""
    return f"{ratio(found.low)} to {'any number' if found.high is None else ratio(found.high)}"


def ratio(value: float) -> str:
    """Return a ratio to one decimal."""
    return f"{value:.1f}"


def excess(departures: float) -> str:
    """Return how many more departures there were than usual, with its sign; 0 has none."""
    whole = round(departures)
    return f"{whole:+d}".replace("-", phrasing.MINUS) if whole else "0"
