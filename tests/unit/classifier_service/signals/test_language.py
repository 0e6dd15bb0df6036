"""English and Setswana are told from each other and from their neighbours, and a mixture names both."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
        "Wo ist mein Buch, das ich letzte Woche bestellt habe",
    ],
)
def test_a_language_from_elsewhere_is_undetermined(teller: LanguageTeller, text: str) -> None:
    """What is in no language of the region is not forced into one."""
    assert told(teller, text).language == "und"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Ngicela usizo ngencwadi yami engikafiki namanje, ngiyabonga", "zu"),
        ("Ndicela uncedo ngencwadi yam endingekayifumani nangoku, enkosi kakhulu kuwe", "xh"),
        ("Ka kopo nthuseng hobane buka ya ka ha e so fihle ho tloha maobane", "st"),
        ("Ke kgopela thušo ka ge puku ye ke e rekilego e se ya fihla le bjale", "nso"),
        ("Waar is die boek wat ek verlede week by julle bestel het?", "af"),
    ],
)
def test_languages_of_the_region_are_named_though_the_desk_does_not_work_in_them(
    teller: LanguageTeller, text: str, language: str
) -> None:
    """They are not taken for Setswana."""
    assert told(teller, text).language == language


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("The parcel is here and it was open, mme ga ke itse gore ke eng ka yone.", "tn", "en"),
        ("I would like to know when the book is coming, ka gonne ke e letile thata.", "en", "tn"),
    ],
)
def test_a_mixed_text_names_both_languages(teller: LanguageTeller, text: str, first: str, second: str) -> None:
    """The first has more of the words, and the confidence is its share."""
    answer = told(teller, text)
    assert {answer.language, answer.second_language} == {first, second}
    assert 0.5 <= answer.confidence < 0.8


def test_a_text_in_one_language_has_no_second(teller: LanguageTeller) -> None:
    """A borrowed word does not make it mixed."""
    assert told(teller, "Ke lebetse password ya akhaonto ya me.").second_language == ""


@given(st.text(max_size=400))
def test_any_text_gets_an_answer(teller: LanguageTeller, text: str) -> None:
    """Whatever is written, the confidence is a share."""
    assert 0 <= told(teller, text).confidence <= 1


@pytest.mark.parametrize(("text", "language"), [("It is the one.", "en"), ("Ke a e batla.", "tn")])
def test_a_few_words_that_only_one_language_has_are_enough(teller: LanguageTeller, text: str, language: str) -> None:
    """A short text is told by its small words."""
    answer = told(teller, text)
    assert (answer.language, answer.confidence > 0.5) == (language, True)


def test_the_same_text_gives_the_same_confidence(teller: LanguageTeller) -> None:
    """Answers can be compared with one another."""
    text = "Ke batla go reka buka ya bana kwa lebenkeleng"
    assert len({told(teller, text) for _ in range(20)}) == 1


def test_one_language_alone_needs_no_telling() -> None:
    """A desk with a single language gets it for whatever has letters."""
    only = LanguageTeller(("en",))
    assert told(only, "Bonjour tout le monde") == LanguageAnswer("en", 1.0)
    assert told(only, "?").language == "und"


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Ich habe meine Rechnung noch nicht bekommen und warte seit zwei Wochen", "de"),
        ("Je voudrais changer mon adresse de livraison", "fr"),
        ("Kunt u mij een nieuw wachtwoord sturen?", "nl"),
        ("Todavía no he recibido mi pedido", "es"),
        ("Como posso mudar a minha senha?", "pt"),
        ("Non ho ancora ricevuto il mio ordine", "it"),
        ("أريد استرداد أموالي", "ar"),
    ],
)
def test_a_desk_anywhere_has_its_own_language_told_and_another_takes_it_for_none_of_its_own(
    teller: LanguageTeller, text: str, tag: str
) -> None:
    """No list of small words is needed for a language that the desk works in."""
    elsewhere = LanguageTeller(("en", tag))
    assert told(elsewhere, text).language == tag
    assert told(elsewhere, "The printer on the second floor does not print").language == "en"
    assert told(teller, text).language == "und"


def test_other_languages_can_be_configured() -> None:
    """Function words are used only where both of their languages are configured."""
    assert told(LanguageTeller(("en", "af")), "Waar is die boek wat ek verlede week bestel het?").language == "af"


@pytest.mark.parametrize("tag", ["xx", "eng", ""])
def test_a_language_without_a_model_is_refused(tag: str) -> None:
    """The named error says which."""
    with pytest.raises(InvalidRulesError, match=repr(tag)):
        LanguageTeller(("en", tag))
