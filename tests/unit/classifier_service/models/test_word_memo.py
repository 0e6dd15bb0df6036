"""The memo says what the function says, and stays within its bounds."""

import threading

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from classifier_service.models.word_memo import MAX_WORD_CHARACTERS, WordMemo


def letters(word: str) -> NDArray[np.int32]:
    """Return a word's code points: something that differs from word to word."""
    return np.array([ord(letter) for letter in word], dtype=np.int32)


@given(st.lists(st.text(max_size=60)), st.integers(1, 5))
def test_it_says_the_same_and_never_holds_more_than_twice_its_size(words: list[str], most: int) -> None:
    """Whatever is asked in whatever order."""
    memo = WordMemo(letters, most)
    for word in words:
        assert memo(word).tolist() == letters(word).tolist()
        assert len(memo) <= 2 * most


def test_a_word_is_worked_out_once() -> None:
    """Asked again, it is remembered."""
    asked: list[str] = []

    def work_out(word: str) -> NDArray[np.int32]:
        asked.append(word)
        return letters(word)

    memo = WordMemo(work_out)
    for _ in range(3):
        memo("delivery")
    assert asked == ["delivery"]


def test_words_in_use_outlive_others() -> None:
    """A word that is asked for again and again stays while others come and go."""
    asked: list[str] = []

    def work_out(word: str) -> NDArray[np.int32]:
        asked.append(word)
        return letters(word)

    memo = WordMemo(work_out, 10)
    for number in range(100):
        memo("delivery")
        memo(str(number))
    assert asked.count("delivery") == 1


def test_a_long_word_is_not_kept() -> None:
    """Callers cannot make memory grow with words that nobody writes twice."""
    memo = WordMemo(letters)
    memo("a" * (MAX_WORD_CHARACTERS + 1))
    assert len(memo) == 0


def test_threads_at_the_same_time_get_right_answers() -> None:
    """Eight threads over a memo that turns over all the time."""
    memo = WordMemo(letters, 3)
    wrong: list[str] = []

    def ask(first: int) -> None:
        for number in range(2_000):
            word = str((first + number) % 17)
            if memo(word).tolist() != letters(word).tolist():
                wrong.append(word)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(memo) <= 3 * 8
