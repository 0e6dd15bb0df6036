"""The first priority rule that matches wins."""

from itertools import product

import pytest

from analytics.vocabulary import PRIORITIES
from classifier_service.classification import Priority, Urgency
from classifier_service.rules.defaults import default_rules
from classifier_service.rules.entries import PriorityRule
from classifier_service.rules.priorities import PriorityRules
from standalone.bookshop.requests import priority_shares
from standalone.bookshop.vocabulary import CUSTOMER_TYPES, URGENCIES

DEFAULTS = PriorityRules(default_rules().priority_rules)


@pytest.mark.parametrize(("customer_type", "urgency"), list(product(CUSTOMER_TYPES, Urgency)))
def test_the_defaults_are_what_the_bookshops_staff_mostly_do(customer_type: str, urgency: Urgency) -> None:
    """The priority that the demo's staff most often give is the one that the default rules give."""
    given = priority_shares()[CUSTOMER_TYPES.index(customer_type), URGENCIES.index(urgency)].argmax()
    assert DEFAULTS.answer(customer_type, urgency).priority == PRIORITIES[given]


def test_an_unknown_customer_type_matches_rules_for_any_only() -> None:
    """None and a type that no rule names are treated alike; case and spaces do not matter."""
    assert DEFAULTS.answer(None, Urgency.HIGH) == DEFAULTS.answer("museum", Urgency.HIGH)
    assert DEFAULTS.answer(" School ", Urgency.HIGH).priority == Priority.URGENT


def test_the_first_match_wins_and_no_match_is_medium() -> None:
    """A later rule is not looked at, and a table with a hole still answers."""
    rules = PriorityRules(
        (PriorityRule(1, "a", None, Priority.LOW, "One."), PriorityRule(2, "a", None, Priority.HIGH, "Two."))
    )
    assert rules.answer("a", Urgency.LOW).reason == "One."
    assert rules.answer("b", Urgency.LOW).priority == Priority.MEDIUM
    assert rules.deciding("b", Urgency.LOW) is None
