"""What a form says of a keyword or a priority rule is read, written again, and put among the other rules."""

import pytest

from classifier_service.classification import Priority, Urgency
from classifier_service.rules.entries import PriorityRule
from portal.topics.classifier.edits import ClassifierFormError, KeywordEdit, PriorityEdit, changed

RULES = (
    PriorityRule(2, "school", None, Priority.HIGH, "Schools."),
    PriorityRule(5, None, None, Priority.MEDIUM, "All others."),
)


def test_a_keyword_is_read_as_it_is_written() -> None:
    """In lower case; an empty weight takes it away."""
    edit = KeywordEdit.read({"category": "a", "phrase": " Big  Geyser ", "language": "en", "weight": "1,5"})
    assert (edit.keyword.phrase, edit.keyword.weight, edit.is_gone) == ("big geyser", 1.5, False)
    assert KeywordEdit.read(edit.fields()) == edit
    assert edit.to(None).fields()["weight"] == ""


@pytest.mark.parametrize("fields", [{}, {"category": "a", "phrase": "b", "language": "English"}])
def test_what_is_no_keyword_is_refused(fields: dict[str, str]) -> None:
    """In a sentence."""
    with pytest.raises(ClassifierFormError):
        KeywordEdit.read(fields)


def test_a_new_rule_goes_first_a_changed_one_stays_and_a_removed_one_goes() -> None:
    """Of the rules that match, the first wins."""
    added = PriorityEdit.read({"urgency": "urgent", "priority": "urgent", "reason": "It cannot wait."})
    assert [each.urgency for each in changed(RULES, added)] == [Urgency.URGENT, None, None]
    low = PriorityEdit.read({"customer_type": "School", "priority": "low", "reason": "Holidays."})
    assert [(each.position, each.priority) for each in changed(RULES, low)] == [(2, Priority.LOW), (5, Priority.MEDIUM)]
    gone = PriorityEdit.read({"customer_type": "school"})
    assert changed(RULES, gone) == RULES[1:]


def test_a_rule_can_be_put_back_in_its_place() -> None:
    """With its position."""
    edit = PriorityEdit(PriorityRule(4, None, Urgency.LOW, Priority.LOW, "It can wait."), is_gone=False, is_placed=True)
    assert PriorityEdit.read(edit.fields()) == edit
    assert [each.position for each in changed(RULES, edit)] == [2, 4, 5]
