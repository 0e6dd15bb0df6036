"""Finds many phrases in a text at once, with one look-up a word, however many phrases there are."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

Phrase = tuple[str, ...]
_Starts = dict[str, list[tuple[int, list[str], tuple[int, ...]]]]


class PhraseMatcher:
    """Finds phrases by their first word. At each place of a text only the longest phrase counts.

    So "book club" does not count as "book", nor "not urgent" as "urgent", where the longer one is a phrase too.
    """

    __slots__ = ("_starts",)

    def __init__(self, phrases: Iterable[tuple[Phrase, int]]) -> None:
        """Prepare pairs of a phrase and the number that it is reported by; a phrase may have several numbers."""
        numbers: dict[Phrase, tuple[int, ...]] = {}
        for phrase, number in phrases:
            if number not in (known := numbers.get(phrase, ())):
                numbers[phrase] = (*known, number)
        self._starts: Final = _by_first_word(numbers)

    def find(self, words: Sequence[str]) -> Iterator[tuple[int, int, tuple[int, ...]]]:
        """Yield place, length and numbers of each phrase found, from left to right, never overlapping."""
        starts, after = self._starts, 0
        for place, word in enumerate(words):
            if place >= after and word in starts:
                for length, rest, numbers in starts[word]:
                    if length == 1 or words[place + 1 : place + length] == rest:
                        yield place, length, numbers
                        after = place + length
                        break


def _by_first_word(
    numbers: Mapping[Phrase, tuple[int, ...]],
) -> _Starts:
    starts: _Starts = {}
    for phrase in sorted(numbers, key=lambda each: (-len(each), each)):
        starts.setdefault(phrase[0], []).append((len(phrase), list(phrase[1:]), numbers[phrase]))
    return starts
