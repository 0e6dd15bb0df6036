"""Sentences about the classifier follow from what waits and from what was measured."""

import json

from portal.topics.classifier import cards
from portal.topics.classifier import conclusion as says
from portal.topics.classifier.dataset import Review, Threshold, Thresholds, Waiting

ORDERS = Waiting("book_order", "Book order", is_own=False, tickets=2)
NONE_LIKELY = Waiting(None, "", is_own=False, tickets=9)
ROWS = (Threshold(0.5, 100, 90, 81), Threshold(0.99, 100, 0, 0))


def test_what_waits_is_counted_and_a_desk_without_categories_is_told_so() -> None:
    """One ticket, several, and none."""
    several = Review((NONE_LIKELY, ORDERS), has_categories=False, is_template_wanted=False)
    assert says.review(several).startswith("11 tickets wait for a person to file them: this desk has no categories")
    one = Review((Waiting("a", "A", is_own=True, tickets=1),), has_categories=True, is_template_wanted=False)
    assert says.review(one) == "1 ticket waits for a person to file it: nothing was sure enough."
    assert says.review(Review((), has_categories=True, is_template_wanted=False)).endswith(
        "none waits for a person to file it."
    )


def test_a_suggestion_is_told_from_a_category_of_the_desk() -> None:
    """And a template on its way is told as such."""
    drawn = str(cards.review_block(Review((NONE_LIKELY, ORDERS), has_categories=False, is_template_wanted=True)))
    assert "suggested by the bookshop's template" in drawn
    assert says.NOBODY_KNOWS in drawn
    assert "is being taken" in drawn


def test_the_present_threshold_is_told_with_what_it_does() -> None:
    """A manager's goes before the model's; what was never measured is not told."""
    said = says.thresholds(Thresholds(None, 0.5, ROWS))
    assert "as the model chose it: of tickets it had not seen, it files 90\u202f%, and 90\u202f% of those" in said
    assert says.thresholds(Thresholds(0.7, 0.5, ROWS)).endswith("as a manager set it.")
    assert "No model has learnt" in says.thresholds(Thresholds(None, None, ()))
    assert says.NOT_LEARNT in str(cards.thresholds_block(Thresholds(None, None, ())))


def test_a_handful_of_tickets_tells_nothing_of_how_often_answers_are_right() -> None:
    """All of six may be right by luck."""
    few = Thresholds(None, 0.5, (Threshold(0.5, 6, 6, 6),))
    assert says.thresholds(few).endswith("only 6 tickets could be kept back to measure it, and 30 are needed.")
    assert "100" not in str(cards.thresholds_block(few))


def test_a_threshold_that_answers_nothing_has_no_share_of_right_answers() -> None:
    """Nothing of nothing is not 0 %."""
    drawn = json.dumps(cards.thresholds_block(Thresholds(None, 0.5, ROWS)), ensure_ascii=False)
    assert "50\u202f% sure (now)" in drawn
    assert "\u2014" in drawn
