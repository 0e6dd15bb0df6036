"""Which of the configured languages a text is in; "und" where the text is too short or too mixed."""

import re
from collections.abc import Sequence
from typing import Final

from lingua import IsoCode639_1, Language, LanguageDetector, LanguageDetectorBuilder

from classifier_service.classification import UNDETERMINED, LanguageAnswer
from classifier_service.errors import InvalidRulesError
from classifier_service.signals.function_words import function_word_counts, function_words

_LEAST_LETTERS: Final = 6
_LEAST_CONFIDENCE: Final = 0.6
_MOST_CHARACTERS: Final = 150
# From this many letters on, three-letter sequences alone work as well as sequences of one to five, in half the time.
_MANY_LETTERS: Final = 80
_LEAST_FUNCTION_WORDS: Final = 5
_PLENTY_FUNCTION_WORDS: Final = 8
# Most words of a text for each function word. A text with fewer function words may be in a third language, which may
# share some of them ("is", "my", "in").
_MOST_WORDS_EACH: Final = 5
_LEAST_UNANIMOUS: Final = 3
_MOST_WORDS_UNANIMOUS: Final = 3
_SUREST: Final = 0.999
_MIXED_FROM: Final = 0.2
# Seven words without a function word are rarely English or Setswana, but the detector knows no other languages.
_FOREIGN_WORDS: Final = 7
_FOREIGN_SHARE: Final = 0.1
_FOREIGN_CONFIDENCE: Final = 0.98
_NO_LANGUAGE: Final = re.compile(r"[\d@]|https?:|www\.")
# A capital letter inside a sentence begins a name: of a place, a person, a book. Names say little about the language.
_NAMES: Final = re.compile(r"(?<=[a-z,] )[A-Z][\w'-]*(?: [A-Z][\w'-]*)*")
_NOTHING_TOLD: Final = LanguageAnswer(UNDETERMINED, 0.0)


class LanguageTeller:
    """A detector restricted to a few languages, so that it is quick, small and rarely wrong."""

    __slots__ = ("_is_mixable", "_quick", "_tags", "_thorough")

    def __init__(self, languages: Sequence[str]) -> None:
        """Load the models of some languages.

        Args:
            languages: Tags, for example "en" and "tn".

        Raises:
            InvalidRulesError: If there is no model for one of the languages.
        """
        known = {tag: _language(tag) for tag in languages}
        self._tags: Final = {language: tag for tag, language in known.items()}
        quick, thorough = _detectors(tuple(known.values())) if len(known) > 1 else (None, None)
        self._quick: Final = quick
        self._thorough: Final = thorough
        self._is_mixable: Final = set(known) == set(function_words())

    def answer(self, text: str, words: Sequence[str]) -> LanguageAnswer:
        """Return the language of a cleaned text and the confidence, 0..1; `words` are the text's words.

        Function words decide where there are plenty of them, or some of each language. The answer is the language of
        most of them, and the confidence is their share. The detector would be wrong here: a single Setswana sentence
        makes it call the whole text Setswana.

        The detector decides all other texts. A text with nearly no function words may be in a third language, so the
        detector has to be surer there.
        """
        counts = function_word_counts(words) if self._is_mixable else {}
        total = sum(counts.values())
        if total and _are_enough(min(counts.values()), total, len(words)):
            language = max(counts, key=counts.__getitem__)
            return _answer(language, min(counts[language] / total, _SUREST))
        telling, letters = _telling(text)
        if letters < _LEAST_LETTERS:
            return _NOTHING_TOLD
        detector = self._quick if letters >= _MANY_LETTERS else self._thorough
        if detector is None:
            return LanguageAnswer(next(iter(self._tags.values())), 1.0)
        likeliest = detector.compute_language_confidence_values(telling)[0]
        looks_foreign = self._is_mixable and len(words) >= _FOREIGN_WORDS and total < _FOREIGN_SHARE * len(words)
        least = _FOREIGN_CONFIDENCE if looks_foreign else _LEAST_CONFIDENCE
        return _answer(self._tags[likeliest.language], likeliest.value, least)


def _are_enough(fewest: int, total: int, word_count: int) -> bool:
    """Say whether function words decide: plenty, some of each language, or a few of one in a short text."""
    if not fewest and total >= _LEAST_UNANIMOUS and word_count <= _MOST_WORDS_UNANIMOUS * total:
        return True
    is_mixed = total >= _LEAST_FUNCTION_WORDS and fewest >= _MIXED_FROM * total
    return (is_mixed or total >= _PLENTY_FUNCTION_WORDS) and word_count <= _MOST_WORDS_EACH * total


def _telling(text: str) -> tuple[str, int]:
    """Return the start of a text without names, numbers and the like, and the number of letters in it."""
    words = text[:_MOST_CHARACTERS].replace("\n", ". ").split(" ")
    readable = " ".join(word for word in words if not _NO_LANGUAGE.search(word))
    unnamed = _NAMES.sub(" ", readable)
    letters = _letter_count(unnamed)
    return (unnamed, letters) if letters >= _LEAST_LETTERS else (readable, _letter_count(readable))


def _answer(language: str, confidence: float, least: float = _LEAST_CONFIDENCE) -> LanguageAnswer:
    # The last digits of the detector's confidence differ from call to call.
    rounded = round(confidence, 4)
    return LanguageAnswer(language if rounded >= least else UNDETERMINED, rounded)


def _letter_count(text: str) -> int:
    return sum(map(str.isalpha, text))


def _detectors(languages: tuple[Language, ...]) -> tuple[LanguageDetector, LanguageDetector]:
    thorough = LanguageDetectorBuilder.from_languages(*languages).with_preloaded_language_models()
    quick = LanguageDetectorBuilder.from_languages(*languages).with_low_accuracy_mode()
    return quick.build(), thorough.build()


def _language(tag: str) -> Language:
    code = getattr(IsoCode639_1, tag.upper(), None)
    if not isinstance(code, IsoCode639_1):
        message = f"There is no way to tell the language {tag!r}."
        raise InvalidRulesError(message, "Use two-letter tags, for example en, tn, af, zu, xh, st.")
    return Language.from_iso_code_639_1(code)
