"""Hashtags become words, drawn-out words their usual spelling, and signs have a valence."""

import pytest

from classifier_service.signals.written_marks import shouted, signs_of, spelt_out

WORDS = frozenset({"horrible", "service", "so", "good", "late", "never", "again"})


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("#horribleservice", " horrible service "),
        ("#NeverAgain", " never again "),
        ("#xyzzy", " xyzzy "),
        ("sooooo late", "so late"),
        ("gooood", "good"),
        ("2hrs", "2 hrs"),
        ("plain words", "plain words"),
    ],
)
def test_spelling(text: str, spelt: str) -> None:
    """Known words decide where there is a choice."""
    assert spelt_out(text, WORDS) == spelt


def test_a_long_hashtag_takes_no_time_to_cut() -> None:
    """Only its beginning is cut."""
    assert len(spelt_out("#" + "a" * 10_000, WORDS)) < 100


@pytest.mark.parametrize(
    ("text", "signs"),
    [(":) :(", [":)", ":("]), ("😡😡", ["😡"]), ("at 10:30 (see http://x.example)", []), ("a <3 b", ["<3"])],
)
def test_signs(text: str, signs: list[str]) -> None:
    """Each once; a time or an address is none."""
    assert [sign for sign, _valence in signs_of(text)] == signs


def test_capitals_are_loud_only_beside_small_letters() -> None:
    """Who writes everything in capitals stresses nothing."""
    assert shouted("this is AWFUL") == {"awful"}
    assert shouted("THIS IS AWFUL") == frozenset()
