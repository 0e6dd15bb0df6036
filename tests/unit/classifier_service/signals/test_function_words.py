"""A word says which languages it can belong to."""

import pytest

from classifier_service.signals.function_words import languages_of, telling_words


@pytest.mark.parametrize(
    ("word", "languages"),
    [
        ("the", {"en"}),
        ("jaaka", {"tn"}),
        ("hore", {"st"}),
        ("gomme", {"nso"}),
        ("go", {"en", "tn", "nso"}),
        ("ngiyabonga", {"zu"}),
        ("ukufika", {"zu", "xh"}),
        ("x", set()),
    ],
)
def test_a_word_belongs_to_the_languages_that_have_it(word: str, languages: set[str]) -> None:
    """By the lists, else by its spelling."""
    assert languages_of(word) == languages


def test_words_are_counted_by_the_languages_they_can_belong_to() -> None:
    """Words that tell nothing are left out, repeated ones count each time."""
    assert telling_words(["the", "kae", "the", "x"]) == {frozenset({"en"}): 2, languages_of("kae"): 1}
    assert telling_words([]) == {}


def test_a_long_word_is_not_searched_for_spellings() -> None:
    """So a text made to cost time costs none."""
    assert languages_of("g" * 10_000) == set()
