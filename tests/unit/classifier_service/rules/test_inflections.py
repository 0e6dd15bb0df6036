"""A keyword is found in the forms that its language gives it, and not inside other words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier_service.rules.inflections import phrase_forms


def forms(phrase: str, language: str = "en") -> set[str]:
    return {" ".join(words) for words in phrase_forms(tuple(phrase.split(" ")), language)}


@pytest.mark.parametrize(
    ("keyword", "written"),
    [
        ("order", {"orders", "ordered", "ordering", "order's"}),
        ("purchase", {"purchases", "purchased", "purchasing"}),
        ("delivery", {"deliveries"}),
        ("access", {"accesses", "accessed"}),
        ("cancel", {"cancels", "canceled", "cancelled", "cancelling"}),
        ("bug", {"bugs", "bugged"}),
        ("exchange", {"exchanges", "exchanged", "exchanging"}),
        ("gift card", {"gift cards", "gift card's"}),
        ("log in", {"logged in", "logging in", "logs in"}),
    ],
)
def test_english_endings(keyword: str, written: set[str]) -> None:
    """Plurals, possessives, past and -ing forms follow the spelling of the keyword."""
    assert written < forms(keyword)


@pytest.mark.parametrize(
    ("keyword", "written"),
    [("buka", {"dibuka", "bukeng", "dibukeng"}), ("akhaonto", {"diakhaonto", "akhaontong"}), ("reka", {"rekang"})],
)
def test_setswana_endings(keyword: str, written: set[str]) -> None:
    """The plural di-, the locative and the relative -ng follow the keyword."""
    assert written < forms(keyword, "tn")


@pytest.mark.parametrize("other", ["border", "disorder", "reorder", "ord"])
def test_a_keyword_is_not_found_inside_other_words(other: str) -> None:
    """Endings are added, beginnings never."""
    assert other not in forms("order")


def test_long_phrases_short_words_and_other_languages_stand_as_they_are() -> None:
    """What has no endings that we know of is found as it was written."""
    assert forms("ga e bereke", "tn") == {"ga e bereke"}
    assert forms("if") == {"if"}
    assert forms("bestelling", "af") == {"bestelling"}
    assert forms("500") == {"500"}


@given(
    st.lists(st.text(alphabet="abcdeyz'-1é", min_size=1, max_size=9), min_size=1, max_size=8),
    st.sampled_from(["en", "tn", "zu"]),
)
def test_a_phrase_is_among_its_forms(words: list[str], language: str) -> None:
    """Every form has as many words as the phrase, and the phrase itself is one of them."""
    found = phrase_forms(tuple(words), language)
    assert tuple(words) in found
    assert {len(form) for form in found} == {len(words)}
