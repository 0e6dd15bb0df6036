"""A text's function words say how much of it is in which language."""

import pytest

from classifier_service.signals.function_words import function_word_shares, function_words


def test_no_word_belongs_to_two_languages() -> None:
    """What both have would count for both and say nothing."""
    english, setswana = function_words()["en"], function_words()["tn"]
    assert not english & setswana


def test_shares_add_up_to_one() -> None:
    """Words that are no function words do not count."""
    assert function_word_shares(["the", "parcel", "ke", "ga", "is"], 4) == pytest.approx({"en": 0.5, "tn": 0.5})


def test_too_few_say_nothing() -> None:
    """Below the least number there are no shares."""
    assert function_word_shares(["the", "is"], 3) == {}
