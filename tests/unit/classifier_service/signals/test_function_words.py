"""A text's function words are counted by language."""

from classifier_service.signals.function_words import function_word_counts, function_words


def test_no_word_belongs_to_two_languages() -> None:
    """What both have would count for both and say nothing."""
    english, setswana = function_words()["en"], function_words()["tn"]
    assert not english & setswana


def test_words_are_counted_by_language() -> None:
    """Words that are no function words count for none, repeated ones each time."""
    assert function_word_counts(["the", "parcel", "ke", "ga", "is", "the"]) == {"en": 3, "tn": 2}
    assert function_word_counts([]) == {"en": 0, "tn": 0}
