"""Which language a text is in, and which other it mixes in; "und" where the text is too short or in none that is known.

A detector that knows only the desk's languages would force every text into one of them. So the languages of the region
are told too, although a desk may not work in them: a text in isiXhosa is no Setswana.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import islice
from math import exp, inf
from operator import add
from typing import Final

from lingua import IsoCode639_1, Language

from classifier_service.classification import UNDETERMINED, LanguageAnswer
from classifier_service.errors import InvalidRulesError
from classifier_service.signals.function_words import Languages, function_words, telling_words
from classifier_service.signals.letter_sequences import LetterSequences
from classifier_service.words import words_of

_REGION: Final = ("en", "tn", "st", "zu", "xh", "af", "ts", "sn", "sw")
# Widely written languages, which would else be taken for English or Afrikaans; they are told, not named.
_ELSEWHERE: Final = ("de", "fr", "nl", "es", "pt", "it")
_LEAST_LETTERS: Final = 6
_LEAST_CONFIDENCE: Final = 0.6
# A desk's own language needs less: most texts are in one of those.
_LEAST_OF_DESK: Final = 0.3
_MOST_CHARACTERS: Final = 150
_MOST_WORDS: Final = 40
# Log-odds that a telling word takes from every language that does not have it.
_EXCLUDED: Final = 1.8
# A language without a list of words loses less: its small words are not known.
_EXCLUDED_UNLISTED: Final = 0.9
# No word excludes more than this from the detector's opinion: it is too sure of itself.
_LEAST_LOG: Final = -5.0
_SURE_MARGIN: Final = 4.0
_SURE_SHARE: Final = 0.3
# Languages that the detector does not know: those that it takes them for, and how much less likely they are.
_KIN: Final[Mapping[str, tuple[tuple[str, ...], float]]] = {
    "nso": (("tn", "st"), -0.5),
    "ve": (("tn", "st", "ts", "sn"), -1.0),
    "ny": (("tn", "sn", "sw", "zu"), -0.5),
    UNDETERMINED: (("en", "af", "sw", "tn", "sn"), -1.0),
}
# Setswana and its sisters look alike to the detector; it may speak for a sister by this much, words say the rest.
_SISTERS: Final = {"st": 0.6, "nso": 0.6}
# Log-odds for the languages that the desk works in: most of its texts are in them.
_DESK_LOG: Final = 1.2
# Of thirty languages, each this far behind, all together have less than a thousandth.
_PLAIN_MARGIN: Final = 10.5
_LEAST_ALONE: Final = 3
_LEAST_MIXED_WORDS: Final = 2
_LEAST_MIXED_SHARE: Final = 0.2
_SUREST: Final = 0.999
# The languages of which every few words one is in the list. isiZulu and isiXhosa write theirs as part of longer words.
_MANY_SMALL_WORDS: Final = frozenset(("en", "af", "tn", "st", "nso"))
# Six words without any that the language has are rarely in it.
_FOREIGN_WORDS: Final = 6
_FOREIGN_SHARE: Final = 0.12
_ADDRESS: Final = re.compile(r"@|://|www\.")
_NO_LANGUAGE: Final = re.compile(r"[\d@]|https?:|www\.")
# A capital letter inside a sentence begins a name: of a place, a person, a book. Names say little about the language.
# The space before it is part of the pattern, so that the search jumps from space to space.
_NAMES: Final = re.compile(r" (?<=[a-z,] )[A-Z][\w'-]*(?: [A-Z][\w'-]*)*")
_NAMELESS: Final = "  "
_NOTHING_TOLD: Final = LanguageAnswer(UNDETERMINED, 0.0)


class LanguageTeller:
    """Small words and spellings first; letter sequences where they leave a doubt."""

    __slots__ = (
        "_candidates",
        "_desk",
        "_english",
        "_kin",
        "_only",
        "_rows",
        "_sequences",
        "_setswana",
        "_sisters",
        "_start",
        "_unlisted",
    )

    def __init__(self, languages: Sequence[str]) -> None:
        """Load the models of the desk's languages and of the region's.

        Args:
            languages: Tags of the desk's languages, for example "en" and "tn".

        Raises:
            InvalidRulesError: If there is no model for one of the languages.
        """
        known = {tag: _language(tag) for tag in dict.fromkeys((*languages, *_REGION, *_ELSEWHERE))}
        self._desk: Final = {tag: frozenset((tag,)) for tag in languages}
        self._only: Final = languages[0] if len(languages) == 1 else None
        self._candidates: Final = (*known, *_KIN)
        place_of = self._candidates.index
        self._english: Final = place_of("en")
        self._setswana: Final = place_of("tn")
        self._kin: Final = [([*map(place_of, kin)], less) for kin, less in _KIN.values()]
        self._sisters: Final = [(place_of(tag), most) for tag, most in _SISTERS.items()]
        self._start: Final = [_DESK_LOG if tag in self._desk else 0.0 for tag in self._candidates]
        # A language that the desk does not work in is seen beside another only by a list of its words.
        self._unlisted: Final = [
            0.0 if tag in self._desk or tag in function_words() else -inf for tag in self._candidates
        ]
        self._rows: Final[dict[tuple[Languages, int], list[float]]] = {}
        self._sequences: Final = None if self._only else LetterSequences(tuple(known.values()))

    def answer(self, text: str, words: Sequence[str]) -> LanguageAnswer:
        """Return the language of a cleaned text and the confidence, 0..1; `words` are the text's words.

        A text that holds words of two languages names both: first the one with more words, and its share of them is
        the confidence. A language can be one that the desk does not work in.
        """
        if self._only:
            return LanguageAnswer(self._only, 1.0) if _has_letters(text) else _NOTHING_TOLD
        readable = _readable(text) if _ADDRESS.search(text) else None
        words = words[:_MOST_WORDS] if readable is None else words_of(readable)
        telling = telling_words(words)
        if plain := self._plain(telling, len(words)):
            language, is_doubted = plain
            if not is_doubted:
                return LanguageAnswer(language, _SUREST)
            return _answer(language, _SUREST, _LEAST_OF_DESK, words, is_of_desk=True)
        scores = self._scores_of_words(telling)
        best = _best(scores)
        if mixed := self._mixed(telling, [*map(add, scores, self._unlisted)]):
            return mixed
        is_sure = scores[best] - _next(scores, best) >= _SURE_MARGIN
        if not is_sure or sum(telling.values()) < _SURE_SHARE * len(words):
            if readable is None:
                readable = _readable(text)
                if readable != text or len(words) == _MOST_WORDS:
                    words = words_of(readable)
                    telling = telling_words(words)
                    scores = self._scores_of_words(telling)
            if not telling and not _has_letters(readable):
                return _NOTHING_TOLD
            scores = [*map(add, scores, self._detected(readable))]
            best = _best(scores)
        language = self._candidates[best]
        confidence = min(1 / sum([exp(score - scores[best]) for score in scores]), _SUREST)
        least = _LEAST_OF_DESK if language in self._desk else _LEAST_CONFIDENCE
        return _answer(language, confidence, least, words, is_of_desk=language in self._desk)

    def _plain(self, telling: Mapping[Languages, int], word_count: int) -> tuple[str, bool] | None:
        """Return the desk's language of a text that plainly is in it, and whether any word speaks against it.

        Most texts are. Every other language has lost so much there that the whole sum would come to the same.
        """
        total = sum(telling.values())
        for tag, alone in self._desk.items():
            own = telling.get(alone, 0)
            if own < _LEAST_ALONE or total < _SURE_SHARE * word_count:
                continue
            against = sum([count for languages, count in telling.items() if tag not in languages])
            if not against:
                return tag, False
            elsewhere = sum([count for languages, count in telling.items() if UNDETERMINED in languages])
            is_mixed = against >= max(_LEAST_MIXED_WORDS, _LEAST_MIXED_SHARE * (own + against))
            lead = _EXCLUDED * (own - against), _EXCLUDED_UNLISTED * (total - elsewhere) - _EXCLUDED * against
            if not is_mixed and min(lead) >= _PLAIN_MARGIN:
                return tag, True
        return None

    def _scores_of_words(self, telling: Mapping[Languages, int]) -> list[float]:
        """Return the log-odds of each candidate by the text's words."""
        rows = [self._start]
        for each in telling.items():
            row = self._rows.get(each)
            # There are as many rows as sets of languages in the lists, a few dozen, times counts of words, a few dozen.
            rows.append(self._row(*each) if row is None else row)
        return [*map(sum, zip(*rows, strict=True))]

    def _row(self, languages: Languages, count: int) -> list[float]:
        """Return what some words add to the log-odds of each candidate."""
        row = self._rows[languages, count] = [-count * _excluded(tag, languages) for tag in self._candidates]
        return row

    def _detected(self, readable: str) -> list[float]:
        """Return the log-odds of each candidate by the letter sequences of a text."""
        assert self._sequences is not None  # noqa: S101 - there are some wherever there is a choice
        logs = self._sequences.log_shares(readable)
        shares = [max(_LEAST_LOG, each) for each in logs]
        shares += [less + max([shares[place] for place in kin]) for kin, less in self._kin]
        setswana = shares[self._setswana]
        for place, most in self._sisters:
            shares[place] = min(shares[place], setswana + most)
        return shares

    def _mixed(self, telling: Mapping[Languages, int], scores: Sequence[float]) -> LanguageAnswer | None:
        """Return both languages of a text that mixes English into another, or another into English."""
        tags, likeliest = self._candidates, self._candidates[_best(scores)]
        with_english = [languages for languages in telling if "en" in languages]
        if (likeliest == "en" and len(with_english) == len(telling)) or (likeliest != "en" and not with_english):
            return None
        other = (
            likeliest
            if likeliest != "en"
            else tags[_best([*scores[: self._english], -inf, *scores[self._english + 1 :]])]
        )
        english = sum([telling[languages] for languages in with_english if other not in languages])
        others = sum([count for languages, count in telling.items() if other in languages and "en" not in languages])
        fewest, total = min(english, others), english + others
        if fewest < max(_LEAST_MIXED_WORDS, _LEAST_MIXED_SHARE * total):
            return None
        language, second = ("en", other) if english > others else (other, "en")
        return LanguageAnswer(language, round(max(english, others) / total, 4), second)


def _excluded(tag: str, languages: Languages) -> float:
    """Return what a telling word of some languages takes from another; nothing from one that has it."""
    if tag in languages:
        return 0.0
    if tag in function_words():
        return _EXCLUDED
    return 0.0 if UNDETERMINED in languages else _EXCLUDED_UNLISTED


def _best(scores: Sequence[float]) -> int:
    return scores.index(max(scores))


def _next(scores: Sequence[float], best: int) -> float:
    return max(max(scores[:best], default=-inf), max(scores[best + 1 :], default=-inf))


def _readable(text: str) -> str:
    """Return the start of a text without names, numbers and the like, where enough is left without names."""
    readable = text[:_MOST_CHARACTERS].replace("\n", ". ")
    if _NO_LANGUAGE.search(readable):
        readable = " ".join([word for word in readable.split(" ") if not _NO_LANGUAGE.search(word)])
    unnamed = _NAMES.sub(_NAMELESS, readable)
    return unnamed if _has_letters(unnamed) else readable


def _answer(
    language: str, confidence: float, least: float, words: Sequence[str], *, is_of_desk: bool
) -> LanguageAnswer:
    # The last digits of the detector's confidence differ from call to call.
    rounded = round(confidence, 4)
    listed = function_words().get(language, frozenset())
    is_foreign = (
        len(words) >= _FOREIGN_WORDS
        and language in _MANY_SMALL_WORDS
        and sum(map(listed.__contains__, words)) < _FOREIGN_SHARE * len(words)
    )
    is_named = (is_of_desk or bool(listed)) and not is_foreign and rounded >= least
    return LanguageAnswer(language if is_named else UNDETERMINED, rounded)


def _has_letters(text: str) -> bool:
    """Say whether a text has enough letters to tell a language by them."""
    return next(islice(filter(str.isalpha, text), _LEAST_LETTERS - 1, None), None) is not None


def _language(tag: str) -> Language:
    code = getattr(IsoCode639_1, tag.upper(), None)
    if not isinstance(code, IsoCode639_1):
        message = f"There is no way to tell the language {tag!r}."
        raise InvalidRulesError(message, "Use two-letter tags, for example en, tn, af, zu, xh, st.")
    return Language.from_iso_code_639_1(code)
