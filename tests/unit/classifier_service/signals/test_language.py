"""English and Setswana are told apart, a mixture is what most of it is, and too little is undetermined."""

import pytest

from classifier_service.classification import LanguageAnswer
from classifier_service.errors import InvalidRulesError
from classifier_service.signals.language import LanguageTeller
from classifier_service.words import clean_text, words_of


@pytest.fixture(scope="module")
def teller() -> LanguageTeller:
    """The two languages of the default rules."""
    return LanguageTeller(("en", "tn"))


def told(teller: LanguageTeller, text: str) -> LanguageAnswer:
    cleaned = clean_text(text)
    return teller.answer(cleaned, words_of(cleaned))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Where is the book that I ordered last week?", "en"),
        ("Ke batla go reka buka ya bana.", "tn"),
        ("Dumelang bagaetsho, do you have a branch in Palapye or only in Gaborone? Ke leboga thuso ya lona.", "en"),
        ("Ke kopa lo mpolelele gore buka ya ngwana wa me e kae ka gonne ke e letile, I am waiting.", "tn"),
        ("Our school in Mahalapye wants Mosadi wa Noka by Friday", "en"),
    ],
)
def test_sentences(teller: LanguageTeller, text: str, language: str) -> None:
    """Names of places, people and books do not change the language around them; greetings do not either."""
    assert told(teller, text).language == language


@pytest.mark.parametrize("text", ["", "ok", "???", "12345 67890", "https://shop.example/order a@b.example", "书店"])
def test_too_little_to_tell_is_undetermined(teller: LanguageTeller, text: str) -> None:
    """Numbers, addresses and a few letters say no language."""
    assert told(teller, text).language == "und"


@pytest.mark.parametrize(
    "text",
    [
        "Bonjour, je voudrais commander un livre pour ma fille",
        "Ngicela usizo ngencwadi yami engikafiki namanje, ngiyabonga",
        "Wo ist mein Buch, das ich letzte Woche bestellt habe",
    ],
)
def test_a_third_language_is_undetermined(teller: LanguageTeller, text: str) -> None:
    """What is in neither language is not forced into one."""
    assert told(teller, text).language == "und"


def test_half_and_half_is_undetermined(teller: LanguageTeller) -> None:
    """Where neither language has most of the words, none is named, and the confidence says how near it was."""
    answer = told(teller, "The parcel is here and it was open, mme ga ke itse gore ke eng ka yone.")
    assert answer.language == "und"
    assert 0.5 <= answer.confidence < 0.6


@pytest.mark.parametrize(("text", "language"), [("It is the one.", "en"), ("Ke a e batla.", "tn")])
def test_a_few_words_that_only_one_language_has_are_enough(teller: LanguageTeller, text: str, language: str) -> None:
    """Such a text needs no counting of letters."""
    answer = told(teller, text)
    assert (answer.language, answer.confidence > 0.9) == (language, True)


def test_the_same_text_gives_the_same_confidence(teller: LanguageTeller) -> None:
    """Answers can be compared with one another."""
    text = "Ke batla go reka buka ya bana kwa lebenkeleng"
    assert len({told(teller, text) for _ in range(20)}) == 1


def test_one_language_alone_needs_no_telling() -> None:
    """A desk with a single language gets it for whatever has letters."""
    only = LanguageTeller(("en",))
    assert told(only, "Bonjour tout le monde") == LanguageAnswer("en", 1.0)
    assert told(only, "?").language == "und"


def test_other_languages_can_be_configured() -> None:
    """Function words are used only where both of their languages are configured."""
    assert told(LanguageTeller(("en", "af")), "Waar is die boek wat ek verlede week bestel het?").language == "af"


@pytest.mark.parametrize("tag", ["xx", "eng", ""])
def test_a_language_without_a_model_is_refused(tag: str) -> None:
    """The named error says which."""
    with pytest.raises(InvalidRulesError, match=repr(tag)):
        LanguageTeller(("en", tag))
