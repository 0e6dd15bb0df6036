"""Which of the configured languages a text is in; "und" where it is too short or too mixed to tell."""

import re
from collections.abc import Sequence
from typing import Final

from lingua import IsoCode639_1, Language, LanguageDetector, LanguageDetectorBuilder

from classifier_service.classification import UNDETERMINED, LanguageAnswer
from classifier_service.errors import InvalidRulesError
from classifier_service.signals.function_words import function_word_shares, function_words

_LEAST_LETTERS: Final = 6
_LEAST_CONFIDENCE: Final = 0.6
_MOST_CHARACTERS: Final = 200
_LEAST_FUNCTION_WORDS: Final = 5
# Three function words of one language and none of another: of 1,813 such English questions and 2,452 such Setswana
# sentences the detector, which takes as long as all else together, told one differently.
_LEAST_UNANIMOUS: Final = 3
_UNANIMOUS_CONFIDENCE: Final = 0.999
_MIXED_FROM: Final = 0.2
_NO_LANGUAGE: Final = re.compile(r"\S*(?:https?:|www\.|@)\S*|\S*\d\S*")
# A capital inside a sentence begins a name: of a place, a person, a book. Names tell little of the language around.
_NAMES: Final = re.compile(r"(?<=[a-z,] )[A-Z][\w'-]*(?: [A-Z][\w'-]*)*")
_NOTHING_TOLD: Final = LanguageAnswer(UNDETERMINED, 0.0)


class LanguageTeller:
    """A detector restricted to a few languages, so that it is quick, small and rarely far off."""

    __slots__ = ("_detector", "_is_mixable", "_tags")

    def __init__(self, languages: Sequence[str]) -> None:
        """Load the models of some languages.

        Args:
            languages: Tags, for example "en" and "tn".

        Raises:
            InvalidRulesError: If there is no model of one of them.
        """
        known = {tag: _language(tag) for tag in languages}
        self._tags: Final = {language: tag for tag, language in known.items()}
        self._detector: Final[LanguageDetector | None] = _detector(tuple(known.values())) if len(known) > 1 else None
        self._is_mixable: Final = set(known) >= set(function_words())

    def answer(self, text: str, words: Sequence[str]) -> LanguageAnswer:
        """Return the language of a cleaned text, given its words too, and how sure that is, 0..1.

        A text whose function words are all of one language is in it. One whose function words are of two languages is
        in the language of most of them, and as sure as their share: to the detector one Setswana sentence makes a whole
        text Setswana.
        """
        unanimous = function_word_shares(words, _LEAST_UNANIMOUS) if self._is_mixable else {}
        if unanimous and not min(unanimous.values()):
            return LanguageAnswer(max(unanimous, key=unanimous.__getitem__), _UNANIMOUS_CONFIDENCE)
        mixed = function_word_shares(words, _LEAST_FUNCTION_WORDS) if unanimous else {}
        if mixed and min(mixed.values()) >= _MIXED_FROM:
            return _answer(max(mixed, key=mixed.__getitem__), max(mixed.values()))
        readable = _NO_LANGUAGE.sub(" ", text[:_MOST_CHARACTERS])
        if _letter_count(readable) < _LEAST_LETTERS:
            return _NOTHING_TOLD
        if self._detector is None:
            return LanguageAnswer(next(iter(self._tags.values())), 1.0)
        unnamed = _NAMES.sub(" ", readable)
        telling = unnamed if _letter_count(unnamed) >= _LEAST_LETTERS else readable
        likeliest = self._detector.compute_language_confidence_values(telling)[0]
        return _answer(self._tags[likeliest.language], likeliest.value)


def _answer(language: str, confidence: float) -> LanguageAnswer:
    # The detector's last digits differ from call to call.
    rounded = round(confidence, 4)
    return LanguageAnswer(language if rounded >= _LEAST_CONFIDENCE else UNDETERMINED, rounded)


def _letter_count(text: str) -> int:
    return sum(map(str.isalpha, text))


def _detector(languages: tuple[Language, ...]) -> LanguageDetector:
    return LanguageDetectorBuilder.from_languages(*languages).with_preloaded_language_models().build()


def _language(tag: str) -> Language:
    code = getattr(IsoCode639_1, tag.upper(), None)
    if not isinstance(code, IsoCode639_1):
        message = f"There is no way to tell the language {tag!r}."
        raise InvalidRulesError(message, "Use two-letter tags, for example en, tn, af, zu, xh, st.")
    return Language.from_iso_code_639_1(code)
