"""What is stored of an answer holds the desk's own words, and none of the program's."""

import pytest

from classifier_service.classification import NO_PRIORITY_RULE, Priority, PriorityAnswer
from etl.classification.answers import _rule_of


@pytest.mark.parametrize(("reason", "stored"), [("Schools come first.", "Schools come first."), (NO_PRIORITY_RULE, "")])
def test_the_sentence_of_a_rule_is_stored_and_that_of_no_rule_is_not(reason: str, stored: str) -> None:
    """The page has its own words for a ticket that no rule matched."""
    assert _rule_of(PriorityAnswer(Priority.HIGH, reason)) == stored
