"""The table of letter sequences says what the detector says, with less work."""

from math import exp, isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lingua import Language, LanguageDetectorBuilder

from classifier_service.signals.letter_sequences import LetterSequences

LANGUAGES = (Language.ENGLISH, Language.TSWANA, Language.XHOSA, Language.FRENCH, Language.RUSSIAN)


@pytest.fixture(scope="module")
def table() -> LetterSequences:
    """Languages with Latin letters, and one without."""
    return LetterSequences(LANGUAGES)


def asked(text: str) -> list[float]:
    detector = LanguageDetectorBuilder.from_languages(*LANGUAGES).with_low_accuracy_mode().build()
    shares = {each.language: each.value for each in detector.compute_language_confidence_values(text)}
    return [shares[language] for language in LANGUAGES]


@pytest.mark.parametrize(
    "text",
    [
        "where is the parcel that you sent me",
        "Ke kopa thuso ka akhaonto ya me, ala",
        "ngicela usizo",
        "Où est mon livre?",
        "a a ke go",
        "xqz",
        "Где моя книга",
        "the the the THE",
    ],
)
def test_shares_are_those_of_the_detector(table: LetterSequences, text: str) -> None:
    """Also for sequences that a language lacks, other letters, words that are too short, and repetitions."""
    assert [exp(each) for each in table.log_shares(text)] == pytest.approx(asked(text), abs=1e-9)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzQ '.-", min_size=3, max_size=60))
def test_any_latin_text_gets_the_same(text: str) -> None:
    """Whatever was learnt before."""
    table = LetterSequences(LANGUAGES)
    assert all(
        isclose(exp(mine), theirs, abs_tol=1e-9)
        for mine, theirs in zip(table.log_shares(text), asked(text), strict=True)
    )
