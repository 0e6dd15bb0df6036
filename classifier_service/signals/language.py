"""Which of the configured languages a text is in; "und" where it is too short, too mixed or foreign to all of them."""

import re
from collections.abc import Sequence
from typing import Final

from lingua import IsoCode639_1, Language, LanguageDetector, LanguageDetectorBuilder

from classifier_service.classification import UNDETERMINED, LanguageAnswer
from classifier_service.errors import InvalidRulesError

_LEAST_LETTERS: Final = 6
_LEAST_CONFIDENCE: Final = 0.6
_MOST_CHARACTERS: Final = 600
_NO_LANGUAGE: Final = re.compile(r"\S*(?:https?:|www\.|@)\S*|\S*\d\S*")
_NOTHING_TOLD: Final = LanguageAnswer(UNDETERMINED, 0.0)


class LanguageTeller:
    """A detector restricted to a few languages, so that it is quick, small and rarely far off."""

    __slots__ = ("_detector", "_tags")

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

    def answer(self, text: str) -> LanguageAnswer:
        """Return the language of a cleaned text and how sure that is, 0..1."""
        letters = _NO_LANGUAGE.sub(" ", text[:_MOST_CHARACTERS])
        if sum(map(str.isalpha, letters)) < _LEAST_LETTERS:
            return _NOTHING_TOLD
        if self._detector is None:
            return LanguageAnswer(next(iter(self._tags.values())), 1.0)
        likeliest = self._detector.compute_language_confidence_values(letters)[0]
        # Its last digits differ from call to call.
        confidence = round(likeliest.value, 4)
        return LanguageAnswer(
            self._tags[likeliest.language] if confidence >= _LEAST_CONFIDENCE else UNDETERMINED, confidence
        )


def _detector(languages: tuple[Language, ...]) -> LanguageDetector:
    return LanguageDetectorBuilder.from_languages(*languages).with_preloaded_language_models().build()


def _language(tag: str) -> Language:
    code = getattr(IsoCode639_1, tag.upper(), None)
    if not isinstance(code, IsoCode639_1):
        message = f"There is no way to tell the language {tag!r}."
        raise InvalidRulesError(message, "Use two-letter tags, for example en, tn, af, zu, xh, st.")
    return Language.from_iso_code_639_1(code)
