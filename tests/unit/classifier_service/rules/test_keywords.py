"""Keywords count by weight, whole words only, and repeating one counts less each time."""

from math import log

import pytest

from classifier_service.rules.document import RulesDocument
from classifier_service.rules.entries import Category, Keyword
from classifier_service.rules.keywords import KeywordRules, keyword_scores
from classifier_service.words import words_of

CATEGORIES = (Category("general_inquiry", "G"), Category("x", "X"), Category("gone", "Gone", is_active=False))


def scores(text: str, *keywords: Keyword) -> dict[str, float]:
    return keyword_scores(KeywordRules(RulesDocument(CATEGORIES, keywords)).hits(words_of(text)))


def test_whole_words_and_their_endings_count() -> None:
    """Neither a part of a word nor another word counts."""
    assert scores("Two orders for the border", Keyword("x", "order")) == {"x": 1.0}
    assert scores("border", Keyword("x", "order")) == {}


def test_the_second_time_counts_less_than_the_first() -> None:
    """A keyword's score is its weight times one plus the logarithm of how often it stands there."""
    assert scores("order order order", Keyword("x", "order", weight=2)) == {"x": pytest.approx(2 * (1 + log(3)))}


def test_a_longer_phrase_covers_the_words_of_a_shorter_one() -> None:
    """A book club is not a book where both are keywords."""
    keywords = (Keyword("general_inquiry", "book club"), Keyword("x", "book"))
    assert scores("our book club", *keywords) == {"general_inquiry": 1.0}
    assert scores("our book club needs a book", *keywords) == {"general_inquiry": 1.0, "x": 1.0}


def test_a_keyword_written_down_for_two_languages_counts_once() -> None:
    """The same phrase of the same category adds its stronger weight only."""
    assert scores("password", Keyword("x", "password"), Keyword("x", "password", "tn", 3)) == {"x": 3.0}


def test_keywords_of_every_language_count_in_every_text() -> None:
    """People write Setswana words in English tickets."""
    assert scores("Where is my buka?", Keyword("x", "buka", "tn")) == {"x": 1.0}


def test_keywords_of_a_category_that_is_not_active_do_not_count() -> None:
    """A manager who retires a category retires its keywords."""
    assert scores("order", Keyword("gone", "order")) == {}


def test_hits_stand_with_the_strongest_first() -> None:
    """The order does not depend on where in the text they are."""
    rules = KeywordRules(RulesDocument(CATEGORIES, (Keyword("x", "b", weight=2), Keyword("x", "a"), Keyword("x", "c"))))
    assert [hit.keyword.phrase for hit in rules.hits(["c", "a", "b"])] == ["b", "a", "c"]
