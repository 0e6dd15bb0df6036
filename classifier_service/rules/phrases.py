"""Finds many phrases in a text at once, with one look-up a word, however many phrases there are."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import compress
from typing import Final

Phrase = tuple[str, ...]
Hit = tuple[int, int, tuple[int, ...]]
"""Place, length in words and numbers of a phrase that was found."""

_Numbers = tuple[int, ...]
_Longer = dict[str, list[tuple[int, dict[Phrase, _Numbers]]]]


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

    def find(self, words: Sequence[str]) -> list[Hit]:
        """Return place, length and numbers of each phrase found, from left to right, never overlapping."""
        found: list[Hit] = []
        starts, after, last = self._starts, 0, len(words) - 1
        # Most words begin no phrase; passing over them here takes a third of the time of a loop.
        for place in compress(range(last + 1), map(starts.__contains__, words)):
            if place < after:
                continue
            numbers, longer = starts[words[place]]
            length = 1
            if longer and place < last and (sizes := longer.get(words[place + 1])):
                for size, rests in sizes:
                    if known := rests.get(tuple(words[place + 2 : place + size])):
                        length, numbers = size, known
                        break
            if numbers:
                found.append((place, length, numbers))
                after = place + length
        return found

    def finds(self, words: Sequence[str]) -> bool:
        """Return whether there is any of the phrases."""
        starts, last = self._starts, len(words) - 1
        if starts.keys().isdisjoint(words):
            return False
        for place in compress(range(last + 1), map(starts.__contains__, words)):
            numbers, longer = starts[words[place]]
            if numbers:
                return True
            if longer and place < last and (sizes := longer.get(words[place + 1])):
                for size, rests in sizes:
                    if tuple(words[place + 2 : place + size]) in rests:
                        return True
        return False


def _by_first_word(numbers: Mapping[Phrase, _Numbers]) -> dict[str, tuple[_Numbers, _Longer]]:
    """Return, by first word, the numbers of the word alone, and by second word the longer phrases."""
    starts: dict[str, tuple[_Numbers, dict[str, dict[int, dict[Phrase, _Numbers]]]]] = {}
    for phrase, each in sorted(numbers.items()):
        alone, longer = starts.get(phrase[0], ((), {}))
        if len(phrase) == 1:
            alone = each
        else:
            longer.setdefault(phrase[1], {}).setdefault(len(phrase), {})[phrase[2:]] = each
        starts[phrase[0]] = alone, longer
    return {
        word: (alone, {second: sorted(sizes.items(), reverse=True) for second, sizes in longer.items()})
        for word, (alone, longer) in starts.items()
    }
