"""Many phrases are found in one pass, the longest at each place, exactly where a plain search finds them."""

from hypothesis import given
from hypothesis import strategies as st

from classifier_service.rules.phrases import Phrase, PhraseMatcher

WORDS = st.lists(st.sampled_from("abc"), max_size=12)
PHRASES = st.lists(st.lists(st.sampled_from("abc"), min_size=1, max_size=4).map(tuple), max_size=8)


def plain_search(phrases: list[Phrase], words: list[str]) -> list[tuple[int, int]]:
    found, place = [], 0
    while place < len(words):
        here = [each for each in phrases if tuple(words[place : place + len(each)]) == each]
        if here:
            found.append((place, max(map(len, here))))
        place += max(map(len, here), default=1)
    return found


@given(PHRASES, WORDS)
def test_it_finds_what_a_plain_search_finds(phrases: list[Phrase], words: list[str]) -> None:
    """Places and lengths are those of trying every phrase at every word, from left to right."""
    matcher = PhraseMatcher((phrase, number) for number, phrase in enumerate(phrases))
    found = matcher.find(words)
    assert matcher.finds(words) == bool(found)
    assert [(place, length) for place, length, _numbers in found] == plain_search(phrases, words)
    for place, length, numbers in found:
        assert {phrases[number] for number in numbers} == {tuple(words[place : place + length])}


def test_a_phrase_shared_by_several_is_reported_for_all() -> None:
    """Two categories may have the same keyword."""
    assert PhraseMatcher([(("a",), 1), (("a",), 2), (("a",), 1)]).find(["a"]) == [(0, 1, (1, 2))]
