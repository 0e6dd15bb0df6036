"""Reads durations: `1d 2h`, `26:15:00`, `1 day, 2:03`, `PT4H`, `3 jours 5 minutes`, or a number of a known unit."""

import re
from typing import Final

from etl.importing.transforms.reasons import FieldError, Rule
from etl.importing.vocabulary.spelling import plain
from etl.importing.vocabulary.ticket_fields import UNITS, WORDS_OR_SECONDS
from etl.importing.vocabulary.vocabulary_file import general

_NUMBER: Final = re.compile(r"([+-]?)\s*(\d+(?:[.,]\d+)?)$")
_THOUSANDS: Final = re.compile(r"[+-]?\d{1,3}[.,]\d{3}$")
_CLOCK: Final = re.compile(r"([+-]?)\s*(?:(\d+)\s*([^\W\d_]+)\.?,?\s+)?(\d+):([0-5]?\d)(?::([0-5]?\d)(?:[.,]\d+)?)?$")
_ISO: Final = re.compile(
    r"([+-]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?$", re.IGNORECASE
)
_ISO_SECONDS: Final = (604_800, 86_400, 3_600, 60, 1)
_WORDS: Final = re.compile(r"(\d+(?:[.,]\d+)?)\s*([^\W\d_]+)\.?(?:\(s\))?")
_BETWEEN: Final = re.compile(r"[\s,]*(?:and|und|et|y|e)?[\s,]*$", re.IGNORECASE)
_DAY: Final = 86_400


def parse_duration(text: str, unit: str = "") -> int:
    """Return a duration in whole seconds; negative with a minus.

    Args:
        text: Trimmed and not blank.
        unit: What a bare number counts: a key of `UNITS` or `words_or_seconds`; anything else refuses bare numbers.

    Raises:
        FieldError: If the text is no duration, or a bare number whose unit is not known.
    """
    if (match := _NUMBER.match(text)) is not None:
        return _of_number(match, text, "seconds" if unit == WORDS_OR_SECONDS else unit)
    if (match := _CLOCK.match(text)) is not None:
        return _of_clock(match)
    if (match := _ISO.match(text)) is not None and any(match.groups()[1:]):
        parts = zip(match.groups()[1:], _ISO_SECONDS, strict=True)
        return _signed(match[1], sum(int(count or 0) * seconds for count, seconds in parts))
    return _of_words(text)


def is_duration(text: str) -> bool:
    """Say whether a text is a duration, also where a bare number's unit is not known."""
    try:
        parse_duration(text, "seconds")
    except FieldError:
        return False
    return True


def _signed(sign: str, seconds: float) -> int:
    return -round(seconds) if sign == "-" else round(seconds)


def _of_number(match: re.Match[str], text: str, unit: str) -> int:
    if unit not in UNITS or (_THOUSANDS.match(text) and text.count(",")):
        raise FieldError(Rule.BAD_NUMBER)
    return _signed(match[1], float(match[2].replace(",", ".")) * UNITS[unit])


def _of_clock(match: re.Match[str]) -> int:
    sign, days, word, hours, minutes, seconds = match.groups()
    if days is not None and general().durations.get(plain(word)) != _DAY:
        raise FieldError(Rule.BAD_NUMBER)
    return _signed(sign, int(days or 0) * _DAY + int(hours) * 3600 + int(minutes) * 60 + int(seconds or 0))


def _of_words(text: str) -> int:
    """Return the sum of parts such as `2 days`, the words in any of the vocabulary's languages."""
    sign, bare = ("-", text[1:].strip()) if text.startswith("-") else ("", text)
    seconds, end = 0.0, 0
    for match in _WORDS.finditer(bare):
        factor = general().durations.get(plain(match[2]))
        if factor is None or not _BETWEEN.match(bare[end : match.start()]):
            raise FieldError(Rule.BAD_NUMBER)
        seconds += float(match[1].replace(",", ".")) * factor
        end = match.end()
    if not end or bare[end:].strip(" ."):
        raise FieldError(Rule.BAD_NUMBER)
    return _signed(sign, seconds)
